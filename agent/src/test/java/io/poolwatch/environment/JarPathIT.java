package io.poolwatch.environment;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolwatch.fork.ForkedJvm;
import io.poolwatch.fork.ForkedRun;
import io.poolwatch.fork.Libraries;
import io.poolwatch.fork.ServiceJar;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Where the agent's jar lies, and how often it is given. */
final class JarPathIT {
  @TempDir Path directory;

  @Test
  void aPathWithSpacesIsFine() throws IOException {
    Path folder = Files.createDirectory(directory.resolve("pool watch, 100% (+)"));
    Path copy = Files.copy(Libraries.agent(), folder.resolve("pool#watch copy.jar"));
    Workloads.assertOrders(
        ForkedJvm.bare()
            .quick()
            .agent(copy, "")
            .classPath(orders(), Libraries.COMMONS_POOL2)
            .run(Workloads.ORDERS));
  }

  /**
   * Started by a shell script, because the JVM that runs the tests may be one that cannot name such
   * a file.
   */
  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "needs a shell")
  void aPathWithOtherLettersIsFine() throws Exception {
    Path script = directory.resolve("run");
    Path out = directory.resolve("out.txt");
    Files.write(
        script,
        ("set -e\n"
                + "mkdir \"$1/größer 池\"\n"
                + "cp \"$2\" \"$1/größer 池/pöölwatch.jar\"\n"
                + "exec \"$3\" \"-javaagent:$1/größer 池/pöölwatch.jar\" -cp \"$4\" \"$5\" 2>&1\n")
            .getBytes(StandardCharsets.UTF_8));
    ProcessBuilder builder =
        new ProcessBuilder(
                "sh",
                script.toString(),
                directory.toString(),
                Libraries.agent().toString(),
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                orders() + ":" + Libraries.COMMONS_POOL2,
                Workloads.ORDERS)
            .redirectErrorStream(true)
            .redirectOutput(out.toFile());
    builder.environment().put("LC_ALL", "C.UTF-8");
    Process process = builder.start();
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    String text = Files.readString(out);
    assertThat(process.exitValue()).as(text).isZero();
    assertThat(text)
        .contains("borrowed 1007 created 7")
        .contains("pools at exit:")
        .doesNotContain("WARN");
  }

  @Test
  void twoCopiesOfTheAgentAreOneAgentAndOneLine() throws IOException {
    Path copy = Files.copy(Libraries.agent(), directory.resolve("another.jar"));
    ForkedRun run =
        ForkedJvm.watched()
            .quick()
            .agent(copy, "")
            .classPath(orders(), Libraries.COMMONS_POOL2)
            .run(Workloads.ORDERS)
            .succeeded();
    assertThat(run.agentLines()).as("%s", run).hasSize(5);
    assertThat(run.agentLines().get(0)).contains("already active");
    assertThat(run.pool("commons_pool2").borrows).as("%s", run).isEqualTo(1008);
  }

  private Path orders() {
    return ServiceJar.build(directory, "orders", Libraries.COMMONS_POOL2);
  }
}
