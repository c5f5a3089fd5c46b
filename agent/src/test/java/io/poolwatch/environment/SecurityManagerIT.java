package io.poolwatch.environment;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolwatch.fork.ForkedJvm;
import io.poolwatch.fork.ForkedRun;
import io.poolwatch.fork.Libraries;
import io.poolwatch.fork.ServiceJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

/** A security manager with a policy that gives the service nothing. */
@EnabledForJreRange(max = JRE.JAVA_23, disabledReason = "no security manager from Java 24 on")
final class SecurityManagerIT {
  @TempDir Path directory;

  @Test
  void poolsOfAServiceWithoutAnyPermissionAreWatched() throws IOException {
    ForkedRun run =
        run(
            "grant codeBase \""
                + Libraries.agent().toUri()
                + "\" { permission java.security.AllPermission; };");
    Workloads.assertOrders(run);
    // What the JVM itself says about a security manager, and nothing else.
    assertThat(run.serviceErr().lines()).allMatch(line -> line.startsWith("WARNING: "));
  }

  @Test
  void anAgentThatIsGivenNothingSaysSoAndTheServiceRuns() throws IOException {
    ForkedRun run = run("").succeeded();
    assertThat(run.out()).startsWith("exhausted");
    assertThat(run.agentLines()).as("%s", run).hasSize(1);
    assertThat(run.agentLines().get(0)).contains("the service runs without it");
  }

  private ForkedRun run(String grants) throws IOException {
    Path policy = directory.resolve("service.policy");
    Files.writeString(policy, grants);
    return ForkedJvm.watched()
        .quick()
        .options("-Djava.security.manager", "-Djava.security.policy==" + policy)
        .classPath(
            ServiceJar.build(directory, "orders", Libraries.COMMONS_POOL2), Libraries.COMMONS_POOL2)
        .run("example.orders.UnmanagedOrders");
  }
}
