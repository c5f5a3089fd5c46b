package io.poolwatch.examples.receiver;

import io.poolwatch.examples.CommandLine;
import io.poolwatch.examples.PortFile;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Receives OTLP metrics on loopback and shows the pools among them: live on a terminal, as plain
 * rows elsewhere, and in all at the end, which is {@code SIGTERM}, Ctrl-C or {@code POST /end}.
 */
public final class OtlpReceiver {
  private static final Set<String> OPTIONS = Set.of("port", "port-file", "show", "columns", "rows");
  private static final int SECONDS_BETWEEN_PLAIN_ROWS = 5;
  private static final int NOTHING_RECEIVED = 1;

  private final SeriesStore store = new SeriesStore();
  private final List<Note> notes = new CopyOnWriteArrayList<>();
  private final CountDownLatch end = new CountDownLatch(1);
  private final LiveTable table;
  private final Screen screen;
  private final PrintStream out;
  private boolean ended;

  private OtlpReceiver(LiveTable table, Screen screen, PrintStream out) {
    this.table = table;
    this.screen = screen;
    this.out = out;
  }

  private void run(int port, String portFile) throws IOException, InterruptedException {
    try (OtlpEndpoint endpoint =
        new OtlpEndpoint(port, new OtlpDecoder(store), this::note, end::countDown)) {
      out.println("Receiving OTLP on http://127.0.0.1:" + endpoint.port());
      out.flush();
      PortFile.write(portFile, endpoint.port());
      int seconds = screen.isLive() ? 1 : SECONDS_BETWEEN_PLAIN_ROWS;
      while (!end.await(seconds, TimeUnit.SECONDS)) {
        draw();
      }
    }
    sumUp();
  }

  private void note(String text) {
    notes.add(new Note(text, store.snapshot()));
  }

  private synchronized void draw() {
    if (!ended) {
      screen.draw(table.lines(store.snapshot(), notes));
    }
  }

  /** Called by the shutdown hook too, while the table may still be drawn: nothing comes after. */
  private synchronized void sumUp() {
    if (!ended) {
      draw();
      ended = true;
      out.println();
      Summary.lines(store.snapshot(), notes).forEach(out::println);
      out.flush();
    }
  }

  /**
   * Options: {@code --port N} (4318), {@code --port-file FILE}, {@code --show live|plain}, {@code
   * --columns N}, {@code --rows N}. Ended by {@code POST /end}, it exits with 1 if nothing came.
   */
  public static void main(String[] args) throws Exception {
    // The table has letters beyond ASCII; before JDK 18 System.out may not be able to write them.
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
    int port;
    String portFile;
    OtlpReceiver receiver;
    try {
      CommandLine line = CommandLine.parse(args, OPTIONS);
      port = line.number("port", 4318, 0, 65_535);
      portFile = line.text("port-file", "");
      boolean live = live(line.text("show", System.console() == null ? "plain" : "live"));
      LiveTable table = new LiveTable(line.number("columns", 80, 1, 1_000));
      Screen screen = new Screen(out, live, line.number("rows", 24, 1, 1_000));
      receiver = new OtlpReceiver(table, screen, out);
    } catch (IllegalArgumentException e) {
      System.err.println(
          e.getMessage()
              + ". Options: --port N, --port-file FILE, --show live|plain, --columns N, --rows N");
      System.exit(2);
      return;
    }
    Runtime.getRuntime().addShutdownHook(new Thread(receiver::sumUp, "receiver-end"));
    receiver.run(port, portFile);
    if (receiver.store.snapshot().exports == 0) {
      System.exit(NOTHING_RECEIVED);
    }
  }

  private static boolean live(String show) {
    if (!show.equals("live") && !show.equals("plain")) {
      throw new IllegalArgumentException("Option --show must be live or plain: " + show);
    }
    return show.equals("live");
  }
}
