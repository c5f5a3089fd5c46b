package io.poolwatch.fork;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The JDKs that services are run on: that of the tests, those whose homes the system property
 * {@code poolwatch.jdks} lists, separated like a class path ({@code agent/jdks} gets them), and
 * those that are installed where Linux distributions put them.
 */
public final class Jdks {
  private static final Path INSTALLED = Path.of("/usr/lib/jvm");
  private static final Pattern RELEASE = Pattern.compile("JAVA_VERSION=\"(?:1\\.)?(\\d+)");

  private Jdks() {}

  /** The one that runs the tests. */
  public static Path own() {
    return Path.of(System.getProperty("java.home"));
  }

  /** The one that runs the tests, and those that the property lists. */
  public static Stream<Path> all() {
    return Stream.concat(Stream.of(own()), listed()).distinct();
  }

  /** Those that the property lists. */
  public static Stream<Path> listed() {
    return Stream.of(System.getProperty("poolwatch.jdks", "").split(File.pathSeparator))
        .filter(home -> !home.isEmpty())
        .map(Path::of);
  }

  /** Those that the property lists, and one of Java 25 wherever it is; none if there is none. */
  public static List<Path> others() {
    return Stream.concat(listed(), find(25).stream()).distinct().collect(Collectors.toList());
  }

  /** A JDK of a feature release: one that the property lists, else one that is installed. */
  public static Optional<Path> find(int release) {
    return Stream.concat(listed(), installed())
        .filter(home -> release(home) == release)
        .findFirst();
  }

  /** The newest JDK that has virtual threads, Java 21 or newer. */
  public static Optional<Path> withVirtualThreads() {
    return Stream.concat(listed(), Stream.concat(installed(), Stream.of(own())))
        .filter(home -> release(home) >= 21)
        .max(Comparator.comparingInt(Jdks::release));
  }

  /** Why a test that needs a JDK of that release, or a newer one where that does, was not run. */
  public static String missing(int release) {
    return "no JDK "
        + release
        + ": none is under /usr/lib/jvm, nor listed by -Dpoolwatch.jdks=\"$(agent/jdks DIRECTORY "
        + release
        + ")\"";
  }

  private static Stream<Path> installed() {
    if (!Files.isDirectory(INSTALLED)) {
      return Stream.empty();
    }
    try (Stream<Path> found = Files.list(INSTALLED)) {
      return found.sorted().collect(Collectors.toList()).stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The feature release of the JDK there; 0 if there is none. */
  private static int release(Path home) {
    Path facts = home.resolve("release");
    if (!Files.isExecutable(home.resolve("bin").resolve("java")) || !Files.isReadable(facts)) {
      return 0;
    }
    try {
      Matcher version = RELEASE.matcher(Files.readString(facts));
      return version.find() ? Integer.parseInt(version.group(1)) : 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
