package io.poolwatch.agent;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;

/** Which package may know which. */
@AnalyzeClasses(packages = "io.poolwatch", importOptions = ImportOption.DoNotIncludeTests.class)
class ArrowsTest {
  private static final String[] JDK = {"java..", "org.jspecify.annotations.."};

  @ArchTest static final ArchRule booksKnowTheJdkBirthsAndWorthOnly = knows("book", "gc", "worth");

  @ArchTest static final ArchRule birthsKnowMemoryOnly = knows("gc", "memory");

  @ArchTest static final ArchRule worthKnowsTheJdkOnly = knows("worth");

  @ArchTest static final ArchRule experimentKnowsTheJdkOnly = knows("experiment");

  @ArchTest static final ArchRule detectorKnowsTheJdkOnly = knows("collapse");

  @ArchTest static final ArchRule memoryKnowsTheJdkOnly = knows("memory");

  @ArchTest static final ArchRule violationsKnowBooksOnly = knows("violation", "book");

  @ArchTest
  static final ArchRule guardKnowsBooksViolationsAndMemoryOnly =
      knows("guard", "book", "memory", "violation");

  @ArchTest
  static final ArchRule fingerprintsKnowBooksViolationsAndMemoryOnly =
      knows("fingerprint", "book", "memory", "violation");

  @ArchTest
  static final ArchRule wovenHooksKnowTheRoomsThatTheyFillOnly =
      knows("woven", "book", "fingerprint", "gc", "guard", "memory", "violation", "worth");

  @ArchTest static final ArchRule pagesAndChartsKnowTheJdkOnly = knows("agent.html");

  @ArchTest
  static final ArchRule bundledPoolKnowsTheJdkOnly =
      classes()
          .that()
          .resideInAPackage("io.poolwatch.pool..")
          .should()
          .onlyDependOnClassesThat(
              resideInAPackage("io.poolwatch.pool..")
                  .or(resideInAnyPackage(JDK))
                  .or(resideInAPackage("javax.management..")));

  @ArchTest
  static final ArchRule premainKnowsNothingOfOurs =
      classes()
          .that()
          .resideInAPackage("io.poolwatch.agent")
          .should()
          .onlyDependOnClassesThat(
              resideInAPackage("io.poolwatch.agent").or(resideInAnyPackage(JDK)));

  @ArchTest
  static final ArchRule hooksOfOneLibraryDoNotKnowThoseOfAnother =
      slices().matching("io.poolwatch.woven.(*)..").should().notDependOnEachOther();

  @ArchTest
  static final ArchRule bridgeDoesNotKnowTheAgent =
      noClasses()
          .that()
          .resideInAPackage("io.poolwatch.otel..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.poolwatch.agent..", "io.poolwatch.woven..");

  @ArchTest
  static final ArchRule weavingKnowsNoLibraryAndNoRoomButItself = knowsOfOurs("agent.weave");

  @ArchTest
  static final ArchRule librariesKnowWeavingOnly = knowsOfOurs("agent.library", "agent.weave");

  @ArchTest
  static final ArchRule oneLibraryDoesNotKnowAnother =
      slices().matching("io.poolwatch.agent.library.(*)..").should().notDependOnEachOther();

  @ArchTest
  static final ArchRule onlyStartPutsThePartsTogether =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.poolwatch.agent.start..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.poolwatch.agent.start..");

  /** It is never loaded into a service; {@code main} alone names it, by a string. */
  @ArchTest
  static final ArchRule nobodyKnowsTheCommandLine =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.poolwatch.agent.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.poolwatch.agent.cli..", "org.jline..");

  @ArchTest
  static final ArchRule commandLineKnowsTheAgentByItsFilesOnly =
      knowsOfOurs("agent.cli", "agent.live", "agent.config", "agent.export", "agent.state");

  @ArchTest
  static final ArchRule askingAndAnsweringKnowsTheLogOnly = knowsOfOurs("agent.live", "agent.log");

  @ArchTest
  static final ArchRule roomsFormNoCircle =
      slices().matching("io.poolwatch.agent.(*)..").should().beFreeOfCycles();

  /** Of all classes there are, a room may know these rooms, itself and the JDK. */
  private static ArchRule knows(String room, String... others) {
    return classes()
        .that()
        .resideInAPackage(in(room))
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(withItself(room, others)).or(resideInAnyPackage(JDK)));
  }

  /** Of our own classes, a room may know these rooms and itself. */
  private static ArchRule knowsOfOurs(String room, String... others) {
    return noClasses()
        .that()
        .resideInAPackage(in(room))
        .should()
        .dependOnClassesThat(
            resideInAPackage("io.poolwatch..")
                .and(not(resideInAnyPackage(withItself(room, others)))));
  }

  private static String[] withItself(String room, String... others) {
    return Stream.concat(Stream.of(room), Stream.of(others))
        .map(ArrowsTest::in)
        .toArray(String[]::new);
  }

  private static String in(String room) {
    return "io.poolwatch." + room + "..";
  }
}
