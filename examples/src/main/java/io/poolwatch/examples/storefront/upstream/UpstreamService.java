package io.poolwatch.examples.storefront.upstream;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A service that answers numbered lines over TCP on loopback, a thread a connection. Two questions
 * are common to all services: {@code LEVEL name} agrees on a service level and takes a few
 * milliseconds, as setting up an authenticated connection does, and {@code HEALTH} takes as long as
 * a deep check of what lies behind the service.
 */
public final class UpstreamService implements Closeable {
  private static final Logger log = LoggerFactory.getLogger(UpstreamService.class);
  private static final Duration SET_UP = Duration.ofMillis(4);
  private static final Duration DEEP_CHECK = Duration.ofMillis(25);

  private final String name;
  private final UnaryOperator<String> answers;
  private final ServerSocket server;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads;

  private UpstreamService(String name, UnaryOperator<String> answers) throws IOException {
    this.name = name;
    this.answers = answers;
    this.server = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
    this.threads =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "upstream-" + name);
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Starts a service on a free port of loopback; {@code answers} turns a question into an answer.
   */
  public static UpstreamService start(String name, UnaryOperator<String> answers)
      throws IOException {
    UpstreamService service = new UpstreamService(name, answers);
    service.threads.execute(service::accept);
    return service;
  }

  /** Where it listens. */
  public InetSocketAddress endpoint() {
    return new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        open.add(socket);
        threads.execute(() -> serve(socket));
      } catch (IOException e) {
        if (!server.isClosed()) {
          log.warn("{} could not accept a connection", name, e);
        }
      }
    }
  }

  private void serve(Socket socket) {
    try (socket;
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
      socket.setTcpNoDelay(true);
      OutputStream out = socket.getOutputStream();
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        int space = line.indexOf(' ');
        String number = line.substring(0, Math.max(space, 0));
        String answer = answer(line.substring(space + 1));
        out.write((number + " " + answer + "\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
      }
    } catch (IOException e) {
      log.debug("{} lost a connection: {}", name, e.toString());
    } finally {
      open.remove(socket);
    }
  }

  private String answer(String question) {
    if (question.startsWith("LEVEL ")) {
      take(SET_UP);
      return "OK";
    }
    if (question.equals("HEALTH")) {
      take(DEEP_CHECK);
      return "OK";
    }
    try {
      return answers.apply(question);
    } catch (RuntimeException e) {
      return "ERROR " + e.getMessage();
    }
  }

  private static void take(Duration time) {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    threads.shutdownNow();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
