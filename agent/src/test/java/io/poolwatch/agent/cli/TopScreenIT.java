package io.poolwatch.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolwatch.fork.Matrix;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The table on the screen of a real terminal multiplexer, tmux. */
@Matrix("needs tmux")
class TopScreenIT {
  private static final String SOCKET = "poolwatch-" + ProcessHandle.current().pid();

  @TempDir private Path temporary;
  private Service service;

  @BeforeEach
  void start() throws Exception {
    service =
        Service.start(temporary, "now", "-javaagent:" + Service.JAR + "=live.directory=" + live());
    tmux("new-session", "-d", "-s", "t", "-x", "80", "-y", "24", "sh");
  }

  @AfterEach
  void end() throws Exception {
    service.close();
    tmux("kill-server");
  }

  private String live() {
    return temporary.resolve("live").toString();
  }

  private static String tmux(String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("tmux", "-f", "/dev/null", "-L", SOCKET));
    command.addAll(Arrays.asList(words));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    return out;
  }

  private static void type(String... keys) throws IOException, InterruptedException {
    for (String each : keys) {
      tmux("send-keys", "-t", "t", each);
    }
  }

  private static List<String> screenWith(String text) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(tmux("capture-pane", "-p", "-t", "t")).contains(text));
    try {
      return Arrays.asList(tmux("capture-pane", "-p", "-t", "t").split("\n", -1));
    } catch (IOException | InterruptedException unexpected) {
      throw new AssertionError(unexpected);
    }
  }

  private void open(String terminal) throws IOException, InterruptedException {
    type(
        "TERM="
            + terminal
            + " "
            + Service.java()
            + " -jar "
            + Service.JAR
            + " top "
            + service.pid()
            + " --directory "
            + live(),
        "Enter");
  }

  @Test
  void tableIsSeenKeysWorkAndTheTerminalIsGivenBack() throws Exception {
    type("stty -g > " + temporary.resolve("before"), "Enter", "PS1=prompt:", "Enter");
    open("screen");
    List<String> table = screenWith("LoopingSer");
    assertThat(table.get(0)).startsWith("poolwatch top " + service.pid());
    assertThat(table.get(1).trim())
        .matches("POOL +BORR/S +HIT % +MISSES BY +IDLE +USED +LIMIT +P99 +OLD +VIOL");
    assertThat(table.get(2)).contains("capacity");
    assertThat(table.get(23)).contains("q quit");
    assertThat(table).allMatch(line -> line.length() <= 80);

    type("Enter");
    assertThat(screenWith("misses by cause")).anyMatch(line -> line.contains("capacity"));
    type("Escape");
    screenWith("MISSES BY");
    type("?");
    screenWith("! the hit rate has collapsed");
    type("?", "r");
    screenWith("since the reset");
    tmux("resize-window", "-t", "t", "-x", "120", "-y", "30");
    screenWith("VERDICT");
    tmux("resize-window", "-t", "t", "-x", "40", "-y", "10");
    assertThat(screenWith("BORR/S")).noneMatch(line -> line.contains("VIOL"));
    tmux("resize-window", "-t", "t", "-x", "80", "-y", "24");
    type("q");
    terminalIsAsBefore();
  }

  @Test
  void signalGivesTheTerminalBack() throws Exception {
    type("stty -g > " + temporary.resolve("before"), "Enter", "PS1=prompt:", "Enter");
    open("screen");
    screenWith("MISSES BY");
    type("C-c");
    terminalIsAsBefore();
    open("screen");
    screenWith("MISSES BY");
    ProcessHandle top =
        ProcessHandle.allProcesses()
            .filter(each -> each.info().arguments().map(TopScreenIT::isTop).orElse(false))
            .findAny()
            .orElseThrow();
    top.destroy();
    terminalIsAsBefore();
  }

  private static boolean isTop(String[] arguments) {
    List<String> all = Arrays.asList(arguments);
    return all.contains("top") && all.contains(Service.JAR.toString());
  }

  private void terminalIsAsBefore() throws IOException, InterruptedException {
    screenWith("prompt:");
    type(
        "clear; stty -g | cmp - " + temporary.resolve("before") + " && echo as-$((40 + 2))",
        "Enter");
    screenWith("as-42");
    assertThat(tmux("display-message", "-p", "-t", "t", "#{alternate_on} #{cursor_flag}"))
        .isEqualTo("0 1\n");
  }

  @Test
  void terminalThatCannotBeWrittenOverGetsRows() throws Exception {
    open("dumb");
    List<String> rows = screenWith("capacity");
    // No line is broken.
    assertThat(rows).anyMatch(line -> line.matches(" POOL +BORR/S .*VIOL"));
    assertThat(rows).anyMatch(line -> line.matches(" Looping\\S+ +[\\d.]+ +5\\d.* 0"));
    type("C-c");
  }

  @Test
  void serviceThatEndsClosesTheTableWithOneLine() throws Exception {
    open("screen");
    screenWith("MISSES BY");
    service.crash();
    assertThat(screenWith("has ended")).anyMatch(line -> line.contains("poolwatch: "));
  }
}
