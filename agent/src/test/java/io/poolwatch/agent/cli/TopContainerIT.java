package io.poolwatch.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.poolwatch.agent.live.Processes;
import io.poolwatch.fork.Matrix;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service that numbers its processes otherwise than we do, as one in a container does. */
@Matrix("makes namespaces, as root")
class TopContainerIT {
  private static final String[] UNSHARE = {"unshare", "--pid", "--fork", "--mount-proc"};

  @TempDir private Path temporary;

  private String live() {
    return temporary.resolve("live").toString();
  }

  private String[] top(String pid) {
    return new String[] {"top", pid, "--once", "--json", "--directory", live()};
  }

  @Test
  void serviceIsFoundByItsNumberHereAndByTheNameInTheFolder() throws Exception {
    assumeTrue(Processes.ownUser() == 0, "only root may make namespaces");
    try (Service service =
        Service.startBy(
            UNSHARE, temporary, "now", "-javaagent:" + Service.JAR + "=live.directory=" + live())) {
      String inside = service.child();
      Tool seen = Tool.here(top(inside));
      assertThat(seen.exit).as(seen.toString()).isZero();
      assertThat(seen.out).contains("\"pid\": 1,").contains("LoopingService.Text");
      String name = "1." + Processes.namespace(inside);
      assertThat(Tool.here("list", "--directory", live()).out).contains(name);
      Tool named = Tool.here(top(name));
      assertThat(named.out).as(named.toString()).contains("LoopingService.Text");
    }
  }

  @Test
  void serviceThatDoesNotSeeTheJarIsNotTouched() throws Exception {
    assumeTrue(Processes.ownUser() == 0, "only root may make namespaces");
    String hide = "mount --bind /dev/null " + Service.JAR + " && exec \"$@\"";
    String[] hidden = {"unshare", "--mount", "sh", "-c", hide, "sh"};
    try (Service service = Service.startBy(hidden, temporary, "late")) {
      Tool refused = Tool.packaged(List.of(), top(service.pid()));
      assertThat(refused.refusal()).contains("does not see", "/root");
      assertThat(service.log()).isEmpty();
    }
  }
}
