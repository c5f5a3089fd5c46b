package io.poolwatch.fork;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Builds the jar of a small service from its sources in {@code src/test/services}. Compiled here
 * and not with the tests, so that each sees the libraries it is built for and nothing else.
 */
public final class ServiceJar {
  /** Class files by service and options: many tests have the same services. */
  private static final Map<String, Map<String, byte[]>> COMPILED = new ConcurrentHashMap<>();

  private final Path file;
  private final Manifest manifest = new Manifest();
  private final Map<String, byte[]> entries = new LinkedHashMap<>();

  private ServiceJar(Path file) {
    this.file = file;
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
  }

  /**
   * An empty jar.
   *
   * @param file where to write it
   */
  public static ServiceJar in(Path file) {
    return new ServiceJar(file);
  }

  /**
   * The jar of a service as it comes from the compiler, for Java 11.
   *
   * @param directory where to write it
   * @param name the service's folder in {@code src/test/services}
   * @param classPath what it is compiled against
   */
  public static Path build(Path directory, String name, Path... classPath) {
    return in(directory.resolve(name + ".jar"))
        .addAll(compile(name, "-classpath", join(classPath)))
        .write();
  }

  /** The same for a service with a {@code module-info.java}. */
  public static Path buildModule(Path directory, String name, Path... modulePath) {
    return in(directory.resolve(name + ".jar"))
        .addAll(compile(name, "--module-path", join(modulePath)))
        .write();
  }

  /**
   * Compiles a service, once with the same options.
   *
   * @return class files by the names they have in a jar; the caller's own
   */
  public static Map<String, byte[]> compile(String name, String... options) {
    return new LinkedHashMap<>(
        COMPILED.computeIfAbsent(
            name + " " + String.join(" ", options), again -> javac(name, options)));
  }

  private static Map<String, byte[]> javac(String name, String... options) {
    Path sources = Path.of("src", "test", "services", name);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter complaints = new StringWriter();
    try (Stream<Path> files = Files.walk(sources);
        StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      Path out = Files.createTempDirectory("poolwatch-service");
      try {
        List<String> all = new ArrayList<>(List.of("-d", out.toString(), "--release", "11"));
        all.addAll(List.of(options));
        List<File> java =
            files
                .filter(file -> file.toString().endsWith(".java"))
                .map(Path::toFile)
                .collect(Collectors.toList());
        if (!compiler
            .getTask(
                complaints, manager, null, all, null, manager.getJavaFileObjectsFromFiles(java))
            .call()) {
          throw new IllegalStateException(name + " does not compile: " + complaints);
        }
        return read(out);
      } finally {
        Trees.delete(out);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, byte[]> read(Path directory) throws IOException {
    Map<String, byte[]> classes = new LinkedHashMap<>();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().collect(Collectors.toList())) {
        classes.put(
            directory.relativize(file).toString().replace(File.separatorChar, '/'),
            Files.readAllBytes(file));
      }
    }
    return classes;
  }

  /** An attribute of the manifest. */
  public ServiceJar attribute(String name, String value) {
    manifest.getMainAttributes().putValue(name, value);
    return this;
  }

  /** An entry, or another content for one. */
  public ServiceJar add(String name, byte[] content) {
    entries.put(name, content);
    return this;
  }

  /** Entries, in their order. */
  public ServiceJar addAll(Map<String, byte[]> more) {
    entries.putAll(more);
    return this;
  }

  /** Writes the jar; its entries are not compressed, as nested jars must not be. */
  public Path write() {
    try (OutputStream out = Files.newOutputStream(file);
        JarOutputStream jar = new JarOutputStream(out, manifest)) {
      jar.setMethod(JarOutputStream.STORED);
      for (Map.Entry<String, byte[]> each : entries.entrySet()) {
        byte[] content = each.getValue();
        JarEntry entry = new JarEntry(each.getKey());
        CRC32 crc = new CRC32();
        crc.update(content);
        entry.setSize(content.length);
        entry.setCrc(crc.getValue());
        jar.putNextEntry(entry);
        jar.write(content);
      }
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String join(Path... paths) {
    return Stream.of(paths).map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }
}
