package io.poolwatch.agent.cli;

import java.io.IOException;
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
  private static final long SEQUENCE_MILLIS = 50;

  private final Terminal terminal;
  private final Attributes found;
  private final Thread restorer = new Thread(this::restore, "poolwatch-screen");
  private final Map<Capability, String> texts = new EnumMap<>(Capability.class);
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
    // By stty and the like: no native code, which a service's host may forbid to load.
    Terminal terminal =
        TerminalBuilder.builder().system(true).exec(true).jni(false).ffm(false).dumb(true).build();
    if (terminal.getType().startsWith(Terminal.TYPE_DUMB)
        || terminal.getStringCapability(Capability.cursor_address) == null) {
      terminal.close();
      return null;
    }
    Screen screen = new Screen(terminal);
    screen.take();
    return screen;
  }

  private void take() {
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

  int width() {
    Size size = terminal.getSize();
    return size.getColumns() > 0 ? size.getColumns() : 80;
  }

  int height() {
    Size size = terminal.getSize();
    return size.getRows() > 0 ? size.getRows() : 24;
  }

  /** Shows lines, from the top. */
  void show(List<AttributedString> lines) {
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
    if (typed == NonBlockingReader.READ_EXPIRED) {
      return null;
    }
    if (typed < 0) {
      letter = 'q'; // the terminal is gone
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
    terminal.puts(Capability.cursor_normal);
    terminal.puts(Capability.exit_ca_mode);
    terminal.flush();
    terminal.setAttributes(found);
    try {
      terminal.close();
    } catch (IOException gone) {
      return; // with the terminal
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
