package io.poolwatch.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.poolwatch.agent.live.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line against services that run. */
class TopIT {
  private static final List<String> PLAIN = List.of();

  @TempDir private Path temporary;

  private String live() {
    return temporary.resolve("live").toString();
  }

  private String agent() {
    return "-javaagent:" + Service.JAR + "=live.directory=" + live();
  }

  private static JsonObject poolOf(Tool top) {
    assertThat(top.exit).as(top.toString()).isZero();
    return JsonParser.parseString(top.out)
        .getAsJsonObject()
        .getAsJsonArray("pools")
        .get(0)
        .getAsJsonObject();
  }

  private String[] top(String pid) {
    return new String[] {"top", pid, "--once", "--json", "--directory", live()};
  }

  @Test
  void serviceWithTheAgentIsReadWithoutAttachingAndIsLeftAsItWas() throws Exception {
    Path classes = temporary.resolve("classes");
    try (Service service =
        Service.start(temporary, "now", agent(), "-Xlog:class+load:file=" + classes + ":none")) {
      JsonObject pool = poolOf(Tool.packaged(PLAIN, top(service.pid())));
      assertThat(pool.get("name").getAsString()).isEqualTo("LoopingService.Text");
      assertThat(pool.getAsJsonObject("borrows").get("hit").getAsLong()).isPositive();
      // Of four objects two are kept.
      assertThat(pool.get("hit_percent").getAsDouble()).isBetween(40.0, 60.0);
      assertThat(pool.get("main_cause").getAsString()).isEqualTo("capacity");
      assertThat(pool.get("borrows_per_second").getAsDouble()).isBetween(10.0, 1_000.0);

      assertThat(Tool.here("list", "--directory", live()).out)
          .containsPattern(service.pid() + " +\\S+ +1  ");

      Path report = temporary.resolve("r.json");
      Tool reported = Tool.here("report", service.pid(), report.toString(), "--directory", live());
      assertThat(reported.exit).as(reported.toString()).isZero();
      assertThat(JsonParser.parseString(Files.readString(report)).getAsJsonObject().has("pools"))
          .isTrue();

      Path page = temporary.resolve("r.html");
      Tool paged = Tool.here("report", service.pid(), page.toString(), "--directory", live());
      assertThat(paged.exit).as(paged.toString()).isZero();
      assertThat(Files.readString(page)).contains("<html", "LoopingService.Text", "</html>");

      assertThat(service.log()).doesNotContain("WARNING").doesNotContain("attach");
      service.end();
      assertThat(temporary.resolve("live")).isEmptyDirectory();
      assertThat(Files.readString(classes))
          .contains("com.google.gson")
          .doesNotContain("org.jline")
          .doesNotContain("io.poolwatch.agent.cli");
    }
  }

  @Test
  void attachingWatchesPoolsWhoseClassesComeLaterAndWritesNothingIntoTheLog() throws Exception {
    try (Service service =
        Service.start(
            temporary,
            "late",
            "-XX:+IgnoreUnrecognizedVMOptions",
            "-XX:+EnableDynamicAgentLoading")) {
      Tool attached = Tool.packaged(PLAIN, top(service.pid()));
      assertThat(attached.exit).as(attached.toString()).isZero();
      assertThat(attached.out).contains("\"pools\": []");
      assertThat(attached.err).contains("is attached to it now").contains("stays in");
      service.goOn();
      JsonObject pool = poolOf(Tool.here(top(service.pid())));
      assertThat(pool.get("hit_percent").getAsDouble()).isBetween(40.0, 60.0);
      assertThat(service.log()).isEmpty();
      service.end();
      assertThat(service.log()).isEmpty();
    }
  }

  @Test
  void serviceThatLetsNobodyInIsNamedWithTheWayOut() throws Exception {
    try (Service deaf = Service.start(temporary, "late", "-XX:+DisableAttachMechanism");
        Service closed = Service.start(temporary, "late", "-XX:-EnableDynamicAgentLoading")) {
      assertThat(Tool.here(top(deaf.pid())).refusal())
          .contains("DisableAttachMechanism", "-javaagent:poolwatch.jar");
      Tool refused = Tool.packaged(PLAIN, top(closed.pid()));
      assertThat(refused.err).contains("-XX:-EnableDynamicAgentLoading", "start it with");
      assertThat(refused.exit).isEqualTo(1);
      assertThat(deaf.log()).isEmpty();
      Tool trimmed =
          Tool.packaged(List.of("--limit-modules", "java.base,java.instrument"), top(closed.pid()));
      assertThat(trimmed.refusal()).contains("no module jdk.attach");
    }
  }

  @Test
  void serviceThatDiesMeanwhileEndsTheTable() throws Exception {
    try (Service service = Service.start(temporary, "now", agent())) {
      poolOf(Tool.here(top(service.pid())));
      Thread killer =
          new Thread(
              () -> {
                try {
                  Thread.sleep(1_500);
                  service.crash();
                } catch (InterruptedException unexpected) {
                  throw new IllegalStateException(unexpected);
                }
              });
      killer.start();
      Tool top =
          Tool.here("top", service.pid(), "--once", "--interval", "10m", "--directory", live());
      killer.join();
      assertThat(top.refusal()).contains(service.pid() + " has ended");
      // What a crash leaves, the next one clears away.
      assertThat(temporary.resolve("live")).isNotEmptyDirectory();
      try (Service next = Service.start(temporary, "now", agent())) {
        poolOf(Tool.here(top(next.pid())));
        assertThat(temporary.resolve("live"))
            .isDirectoryNotContaining("glob:**/" + service.pid() + ".*");
      }
    }
  }

  @Test
  void whatIsNoServiceOfThisUserIsRefused() throws Exception {
    assertThat(Tool.here(top("999999999")).refusal()).contains("no process 999999999", "list");
    assertThat(Tool.here(top("x\u001b[2J")).refusal()).contains("no process number", "\\u001b");
    Process sleep = new ProcessBuilder("sleep", "60").start();
    try {
      assertThat(Tool.here(top(String.valueOf(sleep.pid()))).refusal()).contains("is no JVM");
      assertThat(sleep.isAlive()).isTrue();
    } finally {
      sleep.destroyForcibly();
    }
    Process foreign = foreign();
    try {
      String pid = foreign == null ? "1" : String.valueOf(foreign.pid());
      assertThat(Tool.here(top(pid)).refusal()).contains("belongs to user", "sudo -u");
    } finally {
      if (foreign != null) {
        foreign.destroyForcibly();
      }
    }
  }

  /** One of another user's; null if only root's can be had. */
  private static Process foreign() throws IOException, InterruptedException {
    if (Processes.ownUser() != 0) {
      return null;
    }
    Process process =
        new ProcessBuilder("setpriv", "--reuid=12345", "--clear-groups", "sleep", "60").start();
    for (int i = 0; i < 100; i++) {
      String said = Processes.status(String.valueOf(process.pid()), "Uid:");
      if (said != null && said.startsWith("12345")) {
        return process;
      }
      Thread.sleep(50);
    }
    throw new AssertionError("no process of another user");
  }

  @Test
  void folderThatMayNotBeTrustedIsRefusedOnThisSideToo() throws Exception {
    Path real = Files.createDirectory(temporary.resolve("real"));
    Path link = Files.createSymbolicLink(temporary.resolve("link"), real);
    String pid = String.valueOf(ProcessHandle.current().pid());
    assertThat(Tool.here("top", pid, "--once", "--directory", link.toString()).refusal())
        .contains("symbolic link");
    assertThat(Tool.here("list", "--directory", link.toString()).refusal())
        .contains("symbolic link");
    assertThat(Tool.here("report", pid, temporary.toString()).refusal())
        .contains("cannot be written");
  }
}
