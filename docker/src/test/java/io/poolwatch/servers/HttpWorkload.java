package io.poolwatch.servers;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A server and its clients on Netty: bodies of all sizes, whole or in chunks, connections that are
 * kept and such that are closed, buffers of Netty's own allocator. Each body comes back as it was
 * sent, or the service fails.
 */
final class HttpWorkload {
  private static final int CLIENTS = 12;
  private static final int LARGEST_BODY = 48 * 1024;
  private static final int CHUNK = 5_000;
  private static final int KEEP = 40;

  private HttpWorkload() {}

  /** Arguments: for how many seconds, or longer if less was done than must be. */
  public static void main(String[] args) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(Long.parseLong(args[0]));
    EventLoopGroup loops = new MultiThreadIoEventLoopGroup(4, NioIoHandler.newFactory());
    Channel server =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel connection) {
                    connection
                        .pipeline()
                        .addLast(new HttpServerCodec())
                        .addLast(new HttpObjectAggregator(2 * LARGEST_BODY))
                        .addLast(new Echo());
                  }
                })
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .sync()
            .channel();
    Clients clients = new Clients(loops, server.localAddress(), end);
    for (int i = 0; i < CLIENTS; i++) {
      clients.connect();
    }
    clients.ended.await();
    server.close().sync();
    loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).sync();
    if (clients.failure != null) {
      throw new IllegalStateException(clients.failure);
    }
    System.out.println("requests " + clients.answered.get());
  }

  /** Sends each body back: whole, or in chunks. */
  private static final class Echo extends SimpleChannelInboundHandler<FullHttpRequest> {
    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
      boolean keep = HttpUtil.isKeepAlive(request);
      ByteBuf body = request.content();
      if (request.uri().equals("/chunks")) {
        var head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        HttpUtil.setTransferEncodingChunked(head, true);
        context.write(head);
        while (body.isReadable()) {
          int length = Math.min(CHUNK, body.readableBytes());
          context.write(new DefaultHttpContent(body.readRetainedSlice(length)));
        }
        context.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
      } else {
        ByteBuf copy = context.alloc().buffer(body.readableBytes()).writeBytes(body);
        var answer = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK, copy);
        HttpUtil.setContentLength(answer, copy.readableBytes());
        context.writeAndFlush(answer);
      }
      if (!keep) {
        context.close();
      }
    }
  }

  /** All clients: one request at a time on each connection, and then the next. */
  private static final class Clients {
    private final Bootstrap bootstrap;
    private final SocketAddress server;
    private final long end;
    final CountDownLatch ended = new CountDownLatch(CLIENTS);
    final AtomicLong answered = new AtomicLong();
    volatile Throwable failure;

    Clients(EventLoopGroup loops, SocketAddress server, long end) {
      this.server = server;
      this.end = end;
      bootstrap =
          new Bootstrap()
              .group(loops)
              .channel(NioSocketChannel.class)
              .handler(
                  new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel connection) {
                      connection
                          .pipeline()
                          .addLast(new HttpClientCodec())
                          .addLast(new HttpObjectAggregator(2 * LARGEST_BODY))
                          .addLast(new Client(Clients.this));
                    }
                  });
    }

    void connect() {
      bootstrap
          .connect(server)
          .addListener(
              connected -> {
                if (!connected.isSuccess()) {
                  failed(connected.cause());
                }
              });
    }

    void failed(Throwable cause) {
      failure = cause;
      ended.countDown();
    }

    void closed() {
      if ((System.nanoTime() < end || answered.get() <= CleanCodeIT.LEAST) && failure == null) {
        connect();
      } else {
        ended.countDown();
      }
    }
  }

  private static final class Client extends SimpleChannelInboundHandler<FullHttpResponse> {
    private final Clients clients;
    private int left = 1 + ThreadLocalRandom.current().nextInt(KEEP);
    private byte[] sent = new byte[0];

    Client(Clients clients) {
      this.clients = clients;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
      send(context);
    }

    private void send(ChannelHandlerContext context) {
      ThreadLocalRandom random = ThreadLocalRandom.current();
      sent = new byte[random.nextInt(4) == 0 ? random.nextInt(LARGEST_BODY) : random.nextInt(300)];
      random.nextBytes(sent);
      ByteBuf body =
          random.nextBoolean()
              ? context.alloc().buffer(sent.length).writeBytes(sent)
              : Unpooled.wrappedBuffer(sent);
      var request =
          new DefaultFullHttpRequest(
              HttpVersion.HTTP_1_1,
              HttpMethod.POST,
              random.nextBoolean() ? "/chunks" : "/whole",
              body);
      request.headers().set(HttpHeaderNames.HOST, "localhost");
      HttpUtil.setContentLength(request, sent.length);
      left--;
      HttpUtil.setKeepAlive(request, left > 0);
      context.writeAndFlush(request);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpResponse response) {
      if (!Unpooled.wrappedBuffer(sent).equals(response.content())) {
        throw new IllegalStateException("another body came back");
      }
      clients.answered.incrementAndGet();
      if (left > 0) {
        send(context);
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      clients.closed();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      clients.failure = cause;
      context.close();
    }
  }
}
