package io.poolwatch.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code ./demo} says before it builds anything. */
class DemoScriptTest {
  private static final Path DEMO = Path.of("..", "demo").toAbsolutePath().normalize();

  @TempDir private Path temp;

  @Test
  void helpTellsTheOptions() throws Exception {
    Outcome outcome = demo("PATH", System.getenv("PATH"), "--help");

    assertThat(outcome.status).isZero();
    assertThat(outcome.text).contains("--seconds N", "--fault NAME", "key-fragmentation");
  }

  @Test
  void wrongOptionsGetOneLineThatNamesThem() throws Exception {
    for (List<String> wrong :
        List.of(
            List.of("--sceonds"),
            List.of("--seconds"),
            List.of("--seconds", "soon"),
            List.of("--seconds", "5"),
            List.of("--fault", "flood"))) {
      Outcome outcome = demo("PATH", System.getenv("PATH"), wrong.toArray(new String[0]));

      assertThat(outcome.status).as("%s", wrong).isEqualTo(2);
      assertThat(outcome.text.strip().lines()).hasSize(1);
      assertThat(outcome.text).contains(wrong.get(wrong.size() - 1));
    }
  }

  @Test
  void missingJdkIsNamedAndNothingIsLeftBehind() throws Exception {
    Outcome outcome = demo("JAVA_HOME", temp.resolve("no-jdk").toString());

    assertThat(outcome.status).isEqualTo(1);
    assertThat(outcome.text).startsWith("demo: needs a JDK 17 or newer").contains("no-jdk");
    try (Stream<Path> left = Files.list(temp)) {
      assertThat(left).isEmpty();
    }
  }

  private Outcome demo(String variable, String value, String... options)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder("bash", DEMO.toString());
    builder.command().addAll(List.of(options));
    builder.environment().put("TMPDIR", temp.toString());
    builder.environment().put(variable, value);
    Process process = builder.redirectErrorStream(true).start();
    process.getOutputStream().close();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Outcome(process.waitFor(), text);
  }

  private static final class Outcome {
    final int status;
    final String text;

    Outcome(int status, String text) {
      this.status = status;
      this.text = text;
    }
  }
}
