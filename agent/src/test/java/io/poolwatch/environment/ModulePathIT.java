package io.poolwatch.environment;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolwatch.fork.ForkedJvm;
import io.poolwatch.fork.ForkedRun;
import io.poolwatch.fork.Libraries;
import io.poolwatch.fork.ServiceJar;
import java.io.File;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commons Pool2 and Netty as named modules. */
final class ModulePathIT {
  @TempDir Path directory;

  @Test
  void poolsInNamedModulesAreWatched() {
    Path service =
        ServiceJar.buildModule(directory, "modular", Libraries.COMMONS_POOL2, Libraries.NETTY);
    ForkedRun run =
        ForkedJvm.watched()
            .quick()
            .options(
                "-Dio.netty.recycler.ratio=0",
                "--module-path",
                String.join(
                    File.pathSeparator,
                    service.toString(),
                    Libraries.COMMONS_POOL2.toString(),
                    Libraries.NETTY.toString()))
            .run("-m", "example.modular/example.modular.ModularService")
            .succeeded()
            .withoutComplaint();
    assertThat(run.out())
        .isEqualToNormalizingNewlines(
            "module org.apache.commons.pool2 module io.netty.common\nborrowed 100\n");
    assertThat(run.pool("commons_pool2").borrows).as("%s", run).isEqualTo(100);
    assertThat(run.pool("commons_pool2").created).isEqualTo(1);
    assertThat(run.pool("netty_recycler").borrows).as("%s", run).isEqualTo(200);
    assertThat(run.pool("netty_recycler").created).isEqualTo(1);
  }
}
