package io.poolwatch.agent.library.nettyrecycler;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The packaged agent on a program of its own JVM; a repackaged copy of the library among them. */
class NettyRecyclerIT {
  /** Compiles against every release: without type parameters, and giving back by the Recycler. */
  private static final String PROGRAM =
      String.join(
          "\n",
          "import PACKAGE.Recycler;",
          "import PACKAGE.concurrent.FastThreadLocalThread;",
          "public class Program {",
          "  static class Letter {",
          "    Recycler.Handle handle;",
          "  }",
          "  public static void main(String[] args) throws Exception {",
          "    Recycler recycler = new Recycler() {",
          "      protected Object newObject(Recycler.Handle handle) {",
          "        Letter letter = new Letter();",
          "        letter.handle = handle;",
          "        return letter;",
          "      }",
          "    };",
          "    Thread thread = new FastThreadLocalThread(() -> {",
          "      for (int i = 0; i < 400; i++) {",
          "        Letter letter = (Letter) recycler.get();",
          "        recycler.recycle(letter, letter.handle);",
          "      }",
          "    });",
          "    thread.start();",
          "    thread.join();",
          "  }",
          "}");

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({
    "netty-common-4.0.56.Final.jar, io.netty.util",
    "netty-common-4.1.9.Final.jar, io.netty.util",
    "netty-common-4.1.70.Final.jar, io.netty.util",
    "netty-common-4.1.71.Final.jar, io.netty.util",
    "netty-common-4.1.100.Final.jar, io.netty.util",
    "netty-common-4.1.119.Final.jar, io.netty.util",
    "netty-common-4.1.140.Final.jar, io.netty.util",
    "netty-common-4.2.0.Final.jar, io.netty.util",
    "netty-common-4.2.7.Final.jar, io.netty.util",
    "netty-common-4.2.20.Final.jar, io.netty.util",
    "grpc-netty-shaded-1.85.1.jar, io.grpc.netty.shaded.io.netty.util",
  })
  void packagedAgentTellsBorrowsAndHits(String library, String packageName) throws Exception {
    Path jar = Path.of("target", "libraries", library).toAbsolutePath();
    Path source = directory.resolve("Program.java");
    Files.writeString(source, PROGRAM.replace("PACKAGE", packageName));
    int compiled =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-nowarn", "-cp", jar.toString(), source.toString());
    assertThat(compiled).isZero();

    Path output = directory.resolve("output");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-javaagent:" + System.getProperty("poolwatch.jar"),
                "-cp",
                jar + System.getProperty("path.separator") + directory,
                "Program")
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    boolean ended = process.waitFor(60, TimeUnit.SECONDS);
    if (!ended) {
      process.destroyForcibly().waitFor();
    }
    String said = Files.readString(output);
    assertThat(ended && process.exitValue() == 0).as(said).isTrue();
    assertThat(said).containsPattern("Program\\.Letter +netty_recycler +400 +99\\.[78] ");
  }
}
