package io.poolwatch.environment;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolwatch.fork.ForkedJvm;
import io.poolwatch.fork.ForkedRun;
import io.poolwatch.fork.Libraries;
import io.poolwatch.fork.ServiceJar;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * OSGi frameworks with boot delegation switched off: of the boot loader a bundle sees {@code
 * java.*} and what it imports.
 */
final class OsgiIT {
  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"org.apache.felix.framework-7.0.5", "org.eclipse.osgi-3.24.300"})
  void poolsInBundlesAreWatchedWithoutBootDelegation(String name) {
    Path framework = Libraries.jar(name);
    Path host = ServiceJar.build(directory, "osgihost", framework);
    Path bundle =
        ServiceJar.in(directory.resolve("bundle.jar"))
            .attribute("Bundle-ManifestVersion", "2")
            .attribute("Bundle-SymbolicName", "example.bundle")
            .attribute("Bundle-Version", "1.0.0")
            .attribute("Bundle-Activator", "example.bundle.Activator")
            .attribute(
                "Import-Package",
                "org.apache.commons.pool2,org.apache.commons.pool2.impl,org.osgi.framework")
            .addAll(
                ServiceJar.compile(
                    "bundle",
                    "-classpath",
                    framework + java.io.File.pathSeparator + Libraries.COMMONS_POOL2))
            .write();

    ForkedRun run =
        ForkedJvm.watched()
            .quick()
            .classPath(host, framework)
            .run(
                "example.osgihost.Host",
                directory.resolve("storage").toString(),
                Libraries.COMMONS_POOL2.toString(),
                bundle.toString())
            .succeeded()
            .withoutComplaint();

    assertThat(run.out())
        .as("%s", run)
        .isEqualToNormalizingNewlines(
            "active org.apache.commons.commons-pool2\n"
                + "borrowed 300\n"
                + "active example.bundle\n"
                + "no boot delegation\n");
    assertThat(run.pool("commons_pool2").borrows).as("%s", run).isEqualTo(300);
    assertThat(run.pool("commons_pool2").created).isEqualTo(1);
  }
}
