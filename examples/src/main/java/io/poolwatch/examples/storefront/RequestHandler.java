package io.poolwatch.examples.storefront;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.io.IOException;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers one connection's requests, on a worker thread: handlers may block. */
final class RequestHandler extends SimpleChannelInboundHandler<FullHttpRequest> {
  private static final Logger log = LoggerFactory.getLogger(RequestHandler.class);

  private final Router router;

  RequestHandler(Router router) {
    this.router = router;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, FullHttpRequest http) {
    Request request =
        new Request(http.method().name(), http.uri(), ByteBufUtil.getBytes(http.content()));
    Response response = answer(request);

    ByteBuf body = context.alloc().buffer(response.body().length).writeBytes(response.body());
    FullHttpResponse out =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(response.status()), body);
    out.headers()
        .set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON)
        .setInt(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
    boolean keepAlive = HttpUtil.isKeepAlive(http);
    HttpUtil.setKeepAlive(out, keepAlive);
    ChannelFuture written = context.writeAndFlush(out);
    if (!keepAlive) {
      written.addListener(ChannelFutureListener.CLOSE);
    }
  }

  private Response answer(Request request) {
    try {
      return router.handle(request);
    } catch (BadRequestException e) {
      return Response.error(400, e.reason());
    } catch (SQLException | IOException e) {
      log.warn("{} {}: {}", request.method(), request.path(), e.getMessage());
      return Response.error(503, "Try again later");
    } catch (Exception e) {
      log.error("{} {}", request.method(), request.path(), e);
      return Response.error(500, "Internal error");
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    log.debug("Connection lost: {}", cause.toString());
    context.close();
  }
}
