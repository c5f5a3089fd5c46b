package io.poolwatch.agent.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolwatch.agent.log.jul.Logger;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The built jar, opened. */
class PackagingIT {
  private static final String AGENT = "poolwatch/";
  private static final String BOOT = "poolwatch-boot/";
  private static final String PREMAIN = "io/poolwatch/agent/PoolwatchAgent.class";
  private static final int JAVA_8 = 52;
  private static final int JAVA_11 = 55;
  private static final long MOST_BYTES = 15_000_000;

  private static JarFile jar;
  private static List<String> entries;

  @BeforeAll
  static void open() throws IOException {
    jar = new JarFile(Jvm.JAR.toFile());
    entries =
        jar.stream()
            .filter(entry -> !entry.isDirectory())
            .map(JarEntry::getName)
            .collect(Collectors.toList());
  }

  @AfterAll
  static void close() throws IOException {
    jar.close();
  }

  @Test
  void manifestNamesTheAgentAndWhatItMayDo() throws IOException {
    Attributes main = jar.getManifest().getMainAttributes();
    assertThat(main.getValue("Premain-Class")).isEqualTo("io.poolwatch.agent.PoolwatchAgent");
    assertThat(main.getValue("Agent-Class")).isEqualTo("io.poolwatch.agent.PoolwatchAgent");
    assertThat(main.getValue("Main-Class")).isEqualTo("io.poolwatch.agent.PoolwatchAgent");
    assertThat(main.getValue("Can-Redefine-Classes")).isEqualTo("true");
    assertThat(main.getValue("Can-Retransform-Classes")).isEqualTo("true");
    assertThat(main.getValue("Implementation-Version")).isNotEmpty();
    assertThat(main.getValue("Launcher-Agent-Class")).isNull();
  }

  @Test
  void nothingButThePremainClassIsVisible() {
    assertThat(entries.stream().filter(name -> name.endsWith(".class"))).containsExactly(PREMAIN);
    assertThat(
            entries.stream()
                .filter(
                    name ->
                        !name.startsWith(AGENT)
                            && !name.startsWith(BOOT)
                            && !name.startsWith("META-INF/")
                            && !name.equals(PREMAIN)))
        .isEmpty();
    assertThat(entries).noneMatch(name -> name.startsWith("META-INF/services/"));
    assertThat(entries).noneMatch(name -> name.startsWith("META-INF/versions/"));
  }

  @Test
  void eachClassHasOnePlace() {
    Set<String> seen = new HashSet<>();
    List<String> twice = new ArrayList<>();
    for (String name : classes()) {
      String bare = name.substring(name.startsWith(BOOT) ? BOOT.length() : AGENT.length());
      if (!seen.add(bare)) {
        twice.add(bare);
      }
    }
    assertThat(seen).hasSizeGreaterThan(1_000);
    assertThat(twice).isEmpty();
    assertThat(entries).doesNotHaveDuplicates();
  }

  @Test
  void bootPartHoldsItsRoomsOnlyAndNeedsNothingElse() throws IOException {
    List<String> boot = named(BOOT);
    assertThat(boot)
        .allMatch(
            name ->
                name.matches(
                    "poolwatch-boot/java/poolwatch/(book|fingerprint|gc|guard|memory|violation|worth|woven)/.*"))
        .contains("poolwatch-boot/java/poolwatch/book/PoolBook.classdata");
    for (String name : boot) {
      Set<String> used = new TreeSet<>();
      read(name).accept(new References(used), 0);
      used.removeIf(type -> type.startsWith("java/"));
      assertThat(used).as(name).isEmpty();
    }
  }

  @Test
  void bundledPoolAndWhatNobodyNeedsAreNotCarried() {
    assertThat(entries)
        .noneMatch(name -> name.contains("org/jline/nativ"))
        .noneMatch(name -> name.contains("io/poolwatch/pool/"))
        .noneMatch(name -> name.contains("com/google/protobuf/"))
        .noneMatch(name -> name.startsWith(AGENT + "net/") && !name.contains("bytebuddy/jar/asm/"))
        .noneMatch(name -> name.contains("io/poolwatch/book/"))
        .noneMatch(name -> name.contains("io/poolwatch/woven/"));
  }

  @Test
  void premainClassIsForJava8AndTheRestForJava11() throws IOException {
    assertThat(versionOf(PREMAIN)).isEqualTo(JAVA_8);
    for (String name : classes()) {
      assertThat(versionOf(name)).as(name).isLessThanOrEqualTo(JAVA_11);
    }
  }

  @Test
  void jarIsSmallEnough() throws IOException {
    assertThat(Files.size(Jvm.JAR)).isLessThan(MOST_BYTES);
  }

  @Test
  void licencesOfWhatIsCarriedAreInside() throws IOException {
    assertThat(text("META-INF/LICENSE")).contains("Apache License");
    assertThat(text("META-INF/NOTICE"))
        .contains(
            "OpenTelemetry",
            "OkHttp",
            "Okio",
            "Kotlin",
            "Logback",
            "SLF4J",
            "ASM",
            "Prometheus",
            "Gson",
            "JLine");
    assertThat(entries)
        .anyMatch(name -> name.startsWith("META-INF/LICENSE-asm"))
        .anyMatch(name -> name.startsWith("META-INF/LICENSE-jline"))
        .anyMatch(name -> name.startsWith("META-INF/LICENSE-logback"))
        .anyMatch(name -> name.startsWith("META-INF/LICENSE-slf4j"));
  }

  @Test
  void servicesOfAllLibrariesAreMerged() throws IOException {
    assertThat(text(AGENT + "META-INF/services/ch.qos.logback.classic.spi.Configurator"))
        .contains("io.poolwatch.agent.log.LogbackSetup");
    String exporters =
        text(
            AGENT
                + "META-INF/services/io.opentelemetry.sdk.autoconfigure.spi.internal"
                + ".ConfigurableMetricReaderProvider");
    assertThat(exporters).contains("Prometheus");
    for (String name : named(AGENT + "META-INF/services/")) {
      for (String line : text(name).split("\n", -1)) {
        String provider = line.trim();
        if (!provider.isEmpty() && !provider.startsWith("#")) {
          assertThat(entries).contains(AGENT + provider.replace('.', '/') + ".classdata");
        }
      }
    }
  }

  /** A library that calls a method of the JVM's logger which the stand-in lacks fails here. */
  @Test
  void standInLoggerHasEachMethodThatIsCalled() throws IOException {
    String standIn = Type.getInternalName(Logger.class);
    Set<String> there = new HashSet<>();
    for (Method method : Logger.class.getMethods()) {
      there.add(method.getName() + Type.getMethodDescriptor(method));
    }
    Set<String> called = new TreeSet<>();
    for (String name : classes()) {
      if (name.equals(AGENT + standIn + ".classdata")) {
        continue;
      }
      read(name).accept(new Calls(standIn, called), ClassReader.SKIP_FRAMES);
    }
    assertThat(called).hasSizeGreaterThan(5);
    assertThat(there).containsAll(called);
  }

  /** {@code Level} alone starts no log manager. */
  @Test
  void nothingCarriedTouchesTheLogManagerOfTheJvm() throws IOException {
    Set<String> used = new TreeSet<>();
    for (String name : classes()) {
      Set<String> references = new TreeSet<>();
      read(name).accept(new References(references), 0);
      references.removeIf(type -> !type.startsWith("java/util/logging/"));
      used.addAll(references);
    }
    assertThat(used).isSubsetOf("java/util/logging/Level");
  }

  private static List<String> classes() {
    return entries.stream()
        .filter(name -> name.endsWith(".classdata"))
        .collect(Collectors.toList());
  }

  private static List<String> named(String prefix) {
    return entries.stream().filter(name -> name.startsWith(prefix)).collect(Collectors.toList());
  }

  private static ClassReader read(String name) throws IOException {
    try (InputStream in = jar.getInputStream(jar.getEntry(name))) {
      return new ClassReader(in);
    }
  }

  private static int versionOf(String name) throws IOException {
    try (DataInputStream in = new DataInputStream(jar.getInputStream(jar.getEntry(name)))) {
      assertThat(in.readInt()).isEqualTo(0xcafebabe);
      in.readUnsignedShort();
      return in.readUnsignedShort();
    }
  }

  private static String text(String name) throws IOException {
    assertThat(entries).contains(name);
    try (InputStream in = jar.getInputStream(jar.getEntry(name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Collects the methods called on one class. */
  private static final class Calls extends ClassVisitor {
    private final String owner;
    private final Set<String> into;

    Calls(String owner, Set<String> into) {
      super(Opcodes.ASM9);
      this.owner = owner;
      this.into = into;
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String signature, String[] exceptions) {
      return new MethodVisitor(Opcodes.ASM9) {
        @Override
        public void visitMethodInsn(
            int opcode, String target, String method, String type, boolean isInterface) {
          if (target.equals(owner)) {
            into.add(method + type);
          }
        }
      };
    }
  }

  /** Collects the classes whose members are used, or that are extended, made or cast to. */
  private static final class References extends ClassVisitor {
    private final Set<String> into;

    References(Set<String> into) {
      super(Opcodes.ASM9);
      this.into = into;
    }

    @Override
    public void visit(
        int version, int access, String name, String signature, String parent, String[] others) {
      into.add(parent);
      into.addAll(List.of(others));
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String signature, String[] exceptions) {
      return new MethodVisitor(Opcodes.ASM9) {
        @Override
        public void visitMethodInsn(
            int opcode, String target, String method, String type, boolean isInterface) {
          add(target);
        }

        @Override
        public void visitFieldInsn(int opcode, String target, String field, String type) {
          add(target);
        }

        @Override
        public void visitTypeInsn(int opcode, String type) {
          add(type);
        }
      };
    }

    private void add(String type) {
      if (!type.startsWith("[")) {
        into.add(type);
      }
    }
  }
}
