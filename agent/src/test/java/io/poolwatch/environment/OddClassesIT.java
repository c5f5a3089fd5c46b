package io.poolwatch.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.poolwatch.fork.ForkedJvm;
import io.poolwatch.fork.ForkedRun;
import io.poolwatch.fork.Jdks;
import io.poolwatch.fork.Libraries;
import io.poolwatch.fork.OtlpCollector;
import io.poolwatch.fork.ServiceJar;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Pooled classes of all kinds: each is guarded, or the log says why not; and the service sees of
 * them what it sees without the agent.
 */
@Execution(ExecutionMode.CONCURRENT)
final class OddClassesIT {
  private static final int LONG = 64_000;

  private static final String[] GUARDED = {
    "final",
    "versioned",
    "record",
    "default",
    "enum",
    "plain_enum",
    "signed",
    "module",
    "generated",
    "huge",
    "FinalLetter",
    "RecordLetter",
    "GeneratedLetter",
    "HugeLetter"
  };

  private static final String HIDDEN = ".*/\\S+ is not guarded: the JVM allows no change of it";

  @TempDir static Path directory;
  private static Path service;
  private static Path signed;
  private static Path module;

  /** On the JDK that runs the tests, without the agent. */
  private static ForkedRun ownBare;

  @BeforeAll
  static void compile() throws Exception {
    module = ServiceJar.buildModule(directory, "oddmodule");
    signed = ServiceJar.build(directory, "oddsigned");
    sign(signed);
    Map<String, byte[]> classes =
        ServiceJar.compile(
            "oddclasses",
            "--release",
            "17",
            "-classpath",
            Stream.concat(Stream.of(module, signed), Stream.of(libraries()))
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator)));
    for (String huge : new String[] {"HugePart", "HugeLetter"}) {
      classes.computeIfPresent(
          "example/oddclasses/" + huge + ".class", (name, bytes) -> lengthen(bytes));
    }
    service = ServiceJar.in(directory.resolve("oddclasses.jar")).addAll(classes).write();
    ownBare = bare(Jdks.own());
  }

  @Test
  void allAreGuardedOrSaidNotToBeAndLookAsBefore() throws IOException {
    check(Jdks.own(), false, ownBare);
  }

  @Test
  void classesLoadedBeforeTheAgentAre() throws IOException {
    check(Jdks.own(), true, ownBare);
  }

  @Test
  void allAreOnJava25() throws IOException {
    Optional<Path> home = Jdks.find(25);
    assumeTrue(home.isPresent(), Jdks.missing(25));
    check(home.orElseThrow(), false, bare(home.orElseThrow()));
  }

  private static ForkedRun bare(Path home) throws IOException {
    Path folder = Files.createTempDirectory(directory, "bare");
    return jvm(home).run("example.oddclasses.OddClasses", "-", folder.toString()).succeeded();
  }

  private static void check(Path home, boolean attached, ForkedRun bare) throws IOException {
    Path folder = Files.createTempDirectory(directory, "run");
    Path log = folder.resolve("agent.log");
    String agent = "log.level=debug,log.file=" + log;
    try (OtlpCollector collector = OtlpCollector.start()) {
      ForkedJvm jvm = jvm(home).exportingTo(collector);
      List<String> arguments =
          new ArrayList<>(
              List.of("example.oddclasses.OddClasses", log.toString(), folder.toString()));
      if (attached) {
        arguments.addAll(List.of(Libraries.agent().toString(), agent));
      } else {
        jvm.agent(Libraries.agent(), agent);
      }
      ForkedRun run = jvm.run(arguments.toArray(new String[0])).succeeded();
      String told = Files.readString(log);

      // They are what they are meant to be.
      assertThat(bare.out())
          .contains("signers 1", "certificates 1 of 1", "module example.oddmodule module {")
          .contains("hidden true", "record [int first", "enum [ONE, TWO]", "version 42 fields")
          .contains("read from a file true example.oddclasses.EnumPart$1")
          .contains("handles 15truetrue12");
      assertThat(lines(run)).as("%s", run).containsExactlyElementsOf(lines(bare));
      assertThat(run.serviceErr()).isEqualTo(bare.serviceErr());
      assertThat(collector.last("poolwatch.agent.failures")).as("%s", told).isZero();
      long planted =
          lines(bare).stream()
              .filter(line -> line.startsWith("planted = "))
              .mapToLong(line -> Long.parseLong(line.substring("planted = ".length())))
              .sum();
      for (String kind : GUARDED) {
        assertThat(uses(collector, kind))
            .as("%s in %s", kind, told)
            .isEqualTo(planted)
            .isPositive();
      }
      assertThat(collector.last("poolwatch.violations"))
          .as("%s", told)
          .isEqualTo(GUARDED.length * planted);
      assertThat(told)
          .containsPattern("OddClasses\\$\\$Lambda" + HIDDEN)
          .containsPattern("HiddenPart" + HIDDEN)
          .containsPattern("HiddenLetter" + HIDDEN)
          .containsPattern("Proxy\\d+ is not guarded: a proxy")
          .contains("too big: example.oddclasses.HugePart.work")
          .contains("too big: example.oddclasses.HugeLetter.work")
          .containsPattern("INFO guarded against use after return: .+ and \\d+ more; not guarded: ")
          .containsPattern("DEBUG guard: guarded are .*HugePart.*");
    }
  }

  private static long uses(OtlpCollector collector, String pool) {
    return collector.last(
        "poolwatch.violations",
        "poolwatch.pool.name=" + pool,
        "poolwatch.violation=use_after_return");
  }

  /** Without the numbers that the JDK gives its proxies, which it makes on other threads, too. */
  private static List<String> lines(ForkedRun run) {
    return run.out()
        .lines()
        .map(line -> line.replaceAll("\\$Proxy\\d+", "Proxy"))
        .collect(Collectors.toList());
  }

  private static ForkedJvm jvm(Path home) {
    return ForkedJvm.bare()
        .quick()
        .home(home)
        .options("-Djdk.attach.allowAttachSelf=true", "-Dio.netty.recycler.ratio=0")
        .options("-XX:+IgnoreUnrecognizedVMOptions", "-XX:+EnableDynamicAgentLoading")
        .options("--module-path", module.toString(), "--add-modules", "example.oddmodule")
        .classPath(
            Stream.concat(Stream.of(service, signed), Arrays.stream(libraries()))
                .toArray(Path[]::new));
  }

  private static Path[] libraries() {
    return new Path[] {
      Libraries.COMMONS_POOL2,
      Libraries.NETTY,
      Libraries.jar("byte-buddy-1.14.19"),
      Libraries.jar("byte-buddy-agent-1.14.19")
    };
  }

  /** With a key that is thrown away. */
  private static void sign(Path jar) throws Exception {
    String store = directory.resolve("keys").toString();
    tool(
        "keytool",
        "-genkeypair",
        "-keystore",
        store,
        "-storepass",
        "changeit",
        "-alias",
        "test",
        "-keyalg",
        "EC",
        "-dname",
        "CN=test");
    tool("jarsigner", "-keystore", store, "-storepass", "changeit", jar.toString(), "test");
  }

  private static void tool(String name, String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Jdks.own().resolve("bin").resolve(name).toString());
    command.addAll(List.of(arguments));
    Path output = Files.createTempFile(directory, name, ".txt");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0)
        .as("%s", Files.readString(output))
        .isTrue();
  }

  /** Makes its method {@code work} nearly as long as the JVM allows. */
  private static byte[] lengthen(byte[] classFile) {
    ClassReader reader = new ClassReader(classFile);
    ClassWriter writer = new ClassWriter(0);
    reader.accept(
        new ClassVisitor(Opcodes.ASM9, writer) {
          @Override
          public MethodVisitor visitMethod(
              int access, String name, String descriptor, String signature, String[] exceptions) {
            MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
            return !name.equals("work")
                ? next
                : new MethodVisitor(Opcodes.ASM9, next) {
                  @Override
                  public void visitCode() {
                    super.visitCode();
                    for (int i = 0; i < LONG; i++) {
                      visitInsn(Opcodes.NOP);
                    }
                  }
                };
          }
        },
        0);
    return writer.toByteArray();
  }
}
