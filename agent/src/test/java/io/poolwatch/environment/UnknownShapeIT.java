package io.poolwatch.environment;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolwatch.fork.ForkedJvm;
import io.poolwatch.fork.ForkedRun;
import io.poolwatch.fork.Libraries;
import io.poolwatch.fork.ServiceJar;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.commons.ClassRemapper;
import net.bytebuddy.jar.asm.commons.Remapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Libraries of a future in which a member has another name: left alone, and the service runs. */
final class UnknownShapeIT {
  @TempDir Path directory;

  @Test
  void anUnknownPoolIsRefusedWithOneLine() throws IOException {
    Path future =
        rename(
            Libraries.COMMONS_POOL2, "org/apache/commons/pool2/impl/GenericObjectPool", "create");
    ForkedRun run =
        ForkedJvm.watched()
            .quick()
            .classPath(ServiceJar.build(directory, "orders", Libraries.COMMONS_POOL2), future)
            .run(Workloads.ORDERS)
            .succeeded();
    assertThat(run.out())
        .as("%s", run)
        .contains("borrowed 1007 created 7 destroyed 3 idle 4 active 0");
    assertThat(run.serviceErr()).isEmpty();
    assertThat(run.agentLines()).as("%s", run).hasSize(1);
    assertThat(run.agentLines().get(0))
        .contains("org.apache.commons.pool2.impl.GenericObjectPool")
        .contains("create");
  }

  @Test
  void anUnknownRecyclerIsRefusedWithOneLine() throws IOException {
    Path future = rename(Libraries.NETTY, "io/netty/util/Recycler", "release");
    ForkedRun run =
        ForkedJvm.watched()
            .quick()
            .options("-Dio.netty.recycler.ratio=0")
            .classPath(ServiceJar.build(directory, "buffers", Libraries.NETTY), future)
            .run(Workloads.BUFFERS)
            .succeeded();
    assertThat(run.out()).as("%s", run).isEqualToNormalizingNewlines("made 3\n");
    assertThat(run.serviceErr()).isEmpty();
    assertThat(run.agentLines()).as("%s", run).hasSize(1);
    assertThat(run.agentLines().get(0)).contains("io.netty.util.Recycler").contains("release");
  }

  /**
   * Gives a method of a class, and of those nested in it, another name, also where it is called.
   */
  private Path rename(Path library, String owner, String method) throws IOException {
    Remapper remapper =
        new Remapper(Opcodes.ASM9) {
          @Override
          public String mapMethodName(String in, String name, String descriptor) {
            boolean mine = in.equals(owner) || in.startsWith(owner + "$");
            return mine && name.equals(method) ? "future" + name : name;
          }
        };
    ServiceJar jar =
        ServiceJar.in(directory.resolve("future.jar")).attribute("Multi-Release", "true");
    try (ZipInputStream zip =
        new ZipInputStream(new ByteArrayInputStream(Files.readAllBytes(library)))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        byte[] content = zip.readAllBytes();
        if (entry.isDirectory() || entry.getName().equals("META-INF/MANIFEST.MF")) {
          continue;
        }
        if (entry.getName().startsWith(owner)) {
          ClassWriter writer = new ClassWriter(0);
          new ClassReader(content).accept(new ClassRemapper(writer, remapper), 0);
          content = writer.toByteArray();
        }
        jar.add(entry.getName(), content);
      }
    }
    return jar.write();
  }
}
