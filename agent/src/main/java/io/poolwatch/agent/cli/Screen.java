package io.poolwatch.agent.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jline.terminal.Attributes;
import org.jline.terminal.Attributes.ControlChar;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.AttributedString;
import org.jline.utils.InfoCmp.Capability;
import org.jline.utils.NonBlockingReader;
import org.jspecify.annotations.Nullable;

/**
 * A terminal's screen, taken over and given back as it was: when it is closed, and when this
 * program is ended by Ctrl-C or a signal.
 */
final class Screen implements AutoCloseable {
  private static final int ESCAPE = 27;
  private static final int CONTROL_C = 3;
  private static final long SEQUENCE_MILLIS = 50;

  private final Terminal terminal;
  private final Attributes found;
  private final Thread restorer = new Thread(this::restore, "poolwatch-screen");
  private final Map<Capability, String> texts = new EnumMap<>(Capability.class);
  private volatile boolean resized = true;
  private volatile boolean interrupted;
  private Size size = new Size();
  private String farewell = "";
  private boolean restored;
  private char letter;

  private Screen(Terminal terminal) {
    this.terminal = terminal;
    found = terminal.getAttributes();
  }

  /**
   * Takes the screen over.
   *
   * @return null if there is none that can show a table that changes
   */
  static @Nullable Screen open() throws IOException {
    Terminal terminal = terminal(null);
    if (terminal.getType().startsWith(Terminal.TYPE_DUMB)
        || terminal.getStringCapability(Capability.cursor_address) == null) {
      terminal.close();
      return null;
    }
    Screen screen = new Screen(terminal);
    screen.take();
    return screen;
  }

  /** By stty and the like: no native code, which a service's host may forbid to load. */
  private static Terminal terminal(@Nullable String type) throws IOException {
    return TerminalBuilder.builder()
        .type(type)
        .system(true)
        .exec(true)
        .jni(false)
        .ffm(false)
        .dumb(true)
        .build();
  }

  /** The columns of the terminal that is written to; 0 if there is none. */
  static int columns() throws IOException {
    // Of one that calls itself dumb the size would not be asked.
    try (Terminal terminal = terminal("ansi")) {
      return terminal.getSize().getColumns();
    }
  }

  private void take() {
    terminal.handle(Terminal.Signal.WINCH, signal -> resized = true);
    terminal.handle(Terminal.Signal.INT, signal -> interrupted = true);
    farewell = text(Capability.cursor_normal) + text(Capability.exit_ca_mode);
    Runtime.getRuntime().addShutdownHook(restorer);
    Attributes raw = terminal.enterRawMode();
    Attributes ours = new Attributes(terminal.getAttributes());
    // Stopped in the middle, it would leave the shell without an echo.
    ours.setControlChar(ControlChar.VSUSP, 0);
    terminal.setAttributes(ours);
    if (raw == null) {
      throw new IllegalStateException("no raw mode");
    }
    terminal.puts(Capability.enter_ca_mode);
    terminal.puts(Capability.cursor_invisible);
    terminal.flush();
  }

  /** Asks the terminal, which starts a program, only after it said that it had changed. */
  private Size size() {
    if (resized) {
      resized = false;
      size = terminal.getSize();
    }
    return size;
  }

  int width() {
    return size().getColumns() > 0 ? size().getColumns() : 80;
  }

  int height() {
    return size().getRows() > 0 ? size().getRows() : 24;
  }

  /** Shows lines, from the top; nothing once the screen was given back. */
  synchronized void show(List<AttributedString> lines) {
    if (restored) {
      return;
    }
    StringBuilder all = new StringBuilder(4_000);
    all.append(text(Capability.cursor_home));
    for (int i = 0; i < lines.size(); i++) {
      all.append(lines.get(i).toAnsi(terminal)).append(text(Capability.clr_eol));
      if (i + 1 < lines.size()) {
        all.append("\r\n");
      }
    }
    all.append(text(Capability.clr_eos));
    terminal.writer().write(all.toString());
    terminal.flush();
  }

  private String text(Capability capability) {
    return texts.computeIfAbsent(
        capability,
        each -> {
          String raw = terminal.getStringCapability(each);
          java.io.StringWriter out = new java.io.StringWriter();
          org.jline.utils.Curses.tputs(out, raw == null ? "" : raw);
          return out.toString();
        });
  }

  /**
   * Waits for a key.
   *
   * @return null if none was pressed in that time
   */
  @Nullable Key key(long millis) throws IOException {
    NonBlockingReader keys = terminal.reader();
    int typed = keys.read(Math.max(1, millis));
    if (typed == NonBlockingReader.READ_EXPIRED && !interrupted) {
      return null;
    }
    if (typed < 0 || typed == CONTROL_C || interrupted) {
      letter = 'q'; // the terminal is gone, or its user wants to
      return Key.LETTER;
    }
    if (typed == ESCAPE) {
      return sequence(keys);
    }
    if (typed == '\r' || typed == '\n' || typed == ' ') {
      return Key.ENTER;
    }
    letter = (char) typed;
    return typed < ' ' || typed == 127 ? Key.OTHER : Key.LETTER;
  }

  /** The letter that was typed last. */
  char letter() {
    return letter;
  }

  private static Key sequence(NonBlockingReader keys) throws IOException {
    int second = keys.read(SEQUENCE_MILLIS);
    if (second != '[' && second != 'O') {
      return second < 0 ? Key.ESCAPE : Key.OTHER;
    }
    StringBuilder parameters = new StringBuilder();
    int last = keys.read(SEQUENCE_MILLIS);
    while (last >= 0 && (last < '@' || last > '~')) {
      parameters.append((char) last);
      last = keys.read(SEQUENCE_MILLIS);
    }
    switch (last) {
      case 'A':
        return Key.UP;
      case 'B':
        return Key.DOWN;
      case '~':
        return parameters.toString().equals("5")
            ? Key.PAGE_UP
            : parameters.toString().equals("6") ? Key.PAGE_DOWN : Key.OTHER;
      default:
        // Answers of the terminal to questions, among others.
        return Key.OTHER;
    }
  }

  private synchronized void restore() {
    if (restored) {
      return;
    }
    restored = true;
    // Not through the terminal, which the library's own hook may have closed by now.
    PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out));
    out.print(farewell);
    out.flush();
    try {
      terminal.setAttributes(found);
      terminal.close();
    } catch (IOException | RuntimeException closed) {
      return; // by that hook, which sets the attributes back, too
    }
  }

  @Override
  public void close() {
    restore();
    try {
      Runtime.getRuntime().removeShutdownHook(restorer);
    } catch (IllegalStateException ending) {
      return; // then it runs, and finds nothing to do
    }
  }
}
