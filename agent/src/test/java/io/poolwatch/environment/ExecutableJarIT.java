package io.poolwatch.environment;

import io.poolwatch.fork.ForkedJvm;
import io.poolwatch.fork.Libraries;
import io.poolwatch.fork.ServiceJar;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A Spring Boot executable jar: the pool library is a jar within the jar. */
final class ExecutableJarIT {
  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({
    "4.1.2, org.springframework.boot.loader.launch.JarLauncher",
    "2.7.18, org.springframework.boot.loader.JarLauncher"
  })
  void poolsInNestedJarsAreWatched(String version, String launcher) throws IOException {
    ServiceJar jar =
        ServiceJar.in(directory.resolve("service.jar"))
            .attribute("Main-Class", launcher)
            .attribute("Start-Class", Workloads.ORDERS)
            .attribute("Spring-Boot-Classes", "BOOT-INF/classes/")
            .attribute("Spring-Boot-Lib", "BOOT-INF/lib/");
    byte[] loader = Files.readAllBytes(Libraries.jar("spring-boot-loader-" + version));
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(loader))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (entry.getName().endsWith(".class")
            || (entry.getName().startsWith("META-INF/services/") && !entry.isDirectory())) {
          jar.add(entry.getName(), zip.readAllBytes());
        }
      }
    }
    jar.add("BOOT-INF/classes/", new byte[0]);
    ServiceJar.compile("orders", "-classpath", Libraries.COMMONS_POOL2.toString())
        .forEach((name, content) -> jar.add("BOOT-INF/classes/" + name, content));
    jar.add("BOOT-INF/lib/", new byte[0]);
    jar.add("BOOT-INF/lib/commons-pool2.jar", Files.readAllBytes(Libraries.COMMONS_POOL2));
    Path service = jar.write();

    Workloads.assertOrders(ForkedJvm.watched().quick().run("-jar", service.toString()));
  }
}
