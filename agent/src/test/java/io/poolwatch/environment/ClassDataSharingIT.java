package io.poolwatch.environment;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolwatch.fork.ForkedJvm;
import io.poolwatch.fork.ForkedRun;
import io.poolwatch.fork.Libraries;
import io.poolwatch.fork.ServiceJar;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives of the service's classes, {@code -Xshare} and AppCDS. */
final class ClassDataSharingIT {
  @TempDir Path directory;
  private Path service;
  private Path archive;

  @BeforeEach
  void build() {
    service = ServiceJar.build(directory, "orders", Libraries.COMMONS_POOL2);
    archive = directory.resolve("service.jsa");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void poolsFromADynamicArchiveAreWatched(boolean createdWithAgent) {
    ForkedJvm creator = ForkedJvm.of(createdWithAgent).quick();
    if (createdWithAgent) {
      creator.options("-XX:+UnlockDiagnosticVMOptions", "-XX:+AllowArchivingWithJavaAgent");
    }
    creator
        .options("-XX:ArchiveClassesAtExit=" + archive)
        .classPath(service, Libraries.COMMONS_POOL2)
        .run(Workloads.ORDERS)
        .succeeded();
    assertThat(archive).exists();
    ForkedJvm user = ForkedJvm.watched().quick();
    if (createdWithAgent) {
      user.options("-XX:+UnlockDiagnosticVMOptions", "-XX:+AllowArchivingWithJavaAgent");
    }
    ForkedRun run =
        user.options("-XX:SharedArchiveFile=" + archive)
            .classPath(service, Libraries.COMMONS_POOL2)
            .run(Workloads.ORDERS);
    if (createdWithAgent) {
      // The JVM itself says on standard output that such an archive is for tests.
      run.succeeded().withoutComplaint();
      assertThat(run.pool("commons_pool2").borrows).as("%s", run).isEqualTo(1008);
    } else {
      Workloads.assertOrders(run);
      assertThat(run.serviceErr()).as("%s", run).isEmpty();
    }
  }

  @Test
  void poolsFromAStaticArchiveAreWatchedAndOtherClassesStayShared() throws Exception {
    Path list = directory.resolve("classes.txt");
    ForkedJvm.bare()
        .quick()
        .options("-XX:DumpLoadedClassList=" + list)
        .classPath(service, Libraries.COMMONS_POOL2)
        .run(Workloads.ORDERS)
        .succeeded();
    ForkedJvm.bare()
        .quick()
        .options("-Xshare:dump", "-XX:SharedClassListFile=" + list)
        .options("-XX:SharedArchiveFile=" + archive)
        .classPath(service, Libraries.COMMONS_POOL2)
        .run()
        .succeeded();
    Path loads = directory.resolve("loads.txt");
    Workloads.assertOrders(
        ForkedJvm.watched()
            .quick()
            .options("-Xshare:on", "-XX:SharedArchiveFile=" + archive)
            .options("-Xlog:class+load:file=" + loads)
            .classPath(service, Libraries.COMMONS_POOL2)
            .run(Workloads.ORDERS));
    assertThat(Files.readAllLines(loads))
        .anyMatch(
            line ->
                line.contains("org.apache.commons.pool2.PooledObjectState ")
                    && line.contains("shared objects file"))
        .noneMatch(
            line ->
                line.contains("org.apache.commons.pool2.impl.GenericObjectPool ")
                    && line.contains("shared objects file"));
  }

  @Test
  void sharingSwitchedOffChangesNothing() {
    Workloads.assertOrders(
        ForkedJvm.watched()
            .quick()
            .options("-Xshare:off")
            .classPath(service, Libraries.COMMONS_POOL2)
            .run(Workloads.ORDERS));
  }
}
