package io.poolwatch.examples.storefront;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.concurrent.DefaultEventExecutorGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutorGroup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/** HTTP/1.1 on loopback: two event loops for the sockets, worker threads for what may block. */
final class HttpServer implements AutoCloseable {
  static final int WORKERS = 16;
  private static final int LARGEST_BODY_BYTES = 64 * 1024;

  private final EventLoopGroup eventLoops =
      new MultiThreadIoEventLoopGroup(
          2, new DefaultThreadFactory("http"), NioIoHandler.newFactory());
  private final EventExecutorGroup workers =
      new DefaultEventExecutorGroup(WORKERS, new DefaultThreadFactory("worker"));
  private final Channel channel;

  /** Listens on {@code port}, or on a free one if it is 0. */
  HttpServer(int port, Router router) throws IOException {
    try {
      channel = bind(port, router);
    } catch (IOException | RuntimeException e) {
      stopThreads();
      throw e;
    }
  }

  private Channel bind(int port, Router router) throws IOException {
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(eventLoops)
            .channel(NioServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel connection) {
                    connection
                        .pipeline()
                        .addLast(new HttpServerCodec())
                        .addLast(new HttpObjectAggregator(LARGEST_BODY_BYTES))
                        .addLast(workers, new RequestHandler(router));
                  }
                });
    var bound =
        bootstrap
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new IOException("Cannot listen on port " + port, bound.cause());
    }
    return bound.channel();
  }

  int port() {
    return ((InetSocketAddress) channel.localAddress()).getPort();
  }

  @Override
  public void close() {
    channel.close().awaitUninterruptibly();
    stopThreads();
  }

  private void stopThreads() {
    var loopsEnded = eventLoops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    workers.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    loopsEnded.awaitUninterruptibly();
  }
}
