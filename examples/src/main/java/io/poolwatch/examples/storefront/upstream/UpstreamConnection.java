package io.poolwatch.examples.storefront.upstream;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.ProtocolException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * One TCP connection to an upstream service: a question a line, an answer a line, each numbered, so
 * that an answer meant for somebody else is noticed. Not thread-safe: it belongs to whoever
 * borrowed it.
 */
public final class UpstreamConnection implements Closeable {
  private static final int TIMEOUT_MILLIS = 2_000;

  private final Socket socket;
  private final BufferedReader in;
  private final OutputStream out;
  private long asked;

  private UpstreamConnection(Socket socket) throws IOException {
    this.socket = socket;
    this.in =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
    this.out = socket.getOutputStream();
  }

  /**
   * Connects and agrees on the key's service level.
   *
   * @throws IOException when the service does not answer or refuses the level
   */
  public static UpstreamConnection open(UpstreamKey key) throws IOException {
    Socket socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.connect(key.endpoint(), TIMEOUT_MILLIS);
      UpstreamConnection connection = new UpstreamConnection(socket);
      connection.ask("LEVEL " + key.serviceLevel());
      return connection;
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  /**
   * Asks one question and waits for its answer, at most two seconds.
   *
   * @throws IOException when the connection broke or an answer to another question came; the
   *     connection is then of no further use
   */
  public String ask(String question) throws IOException {
    long number = ++asked;
    out.write((number + " " + question + "\n").getBytes(StandardCharsets.US_ASCII));
    out.flush();
    String line = in.readLine();
    if (line == null) {
      throw new IOException("Upstream closed the connection");
    }
    String expected = number + " ";
    if (!line.startsWith(expected)) {
      throw new ProtocolException("Expected the answer to question " + number + ", got: " + line);
    }
    String answer = line.substring(expected.length());
    if (answer.startsWith("ERROR ")) {
      throw new ProtocolException("Upstream refused \"" + question + "\": " + answer);
    }
    return answer;
  }

  /** Whether the socket was neither closed nor shut down on this side; asks nobody. */
  public boolean isOpen() {
    return !socket.isClosed() && !socket.isOutputShutdown();
  }

  /** How many questions were asked, the one for the service level included. */
  public long questionsAsked() {
    return asked;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
