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

/** Which package may know which. */
@AnalyzeClasses(packages = "io.poolwatch", importOptions = ImportOption.DoNotIncludeTests.class)
class ArrowsTest {
  private static final String[] JDK = {"java..", "org.jspecify.annotations.."};

  @ArchTest
  static final ArchRule booksKnowTheJdkAndBirthsOnly =
      classes()
          .that()
          .resideInAPackage("io.poolwatch.book..")
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage("io.poolwatch.book..", "io.poolwatch.gc..", "io.poolwatch.worth..")
                  .or(resideInAnyPackage(JDK)));

  @ArchTest
  static final ArchRule birthsKnowMemoryOnly =
      classes()
          .that()
          .resideInAPackage("io.poolwatch.gc..")
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage("io.poolwatch.gc..", "io.poolwatch.memory..")
                  .or(resideInAnyPackage(JDK)));

  @ArchTest
  static final ArchRule worthKnowsTheJdkOnly =
      classes()
          .that()
          .resideInAPackage("io.poolwatch.worth..")
          .should()
          .onlyDependOnClassesThat(
              resideInAPackage("io.poolwatch.worth..").or(resideInAnyPackage(JDK)));

  @ArchTest
  static final ArchRule experimentKnowsTheJdkOnly =
      classes()
          .that()
          .resideInAPackage("io.poolwatch.experiment..")
          .should()
          .onlyDependOnClassesThat(
              resideInAPackage("io.poolwatch.experiment..").or(resideInAnyPackage(JDK)));

  @ArchTest
  static final ArchRule detectorKnowsTheJdkOnly =
      classes()
          .that()
          .resideInAPackage("io.poolwatch.collapse..")
          .should()
          .onlyDependOnClassesThat(
              resideInAPackage("io.poolwatch.collapse..").or(resideInAnyPackage(JDK)));

  @ArchTest
  static final ArchRule bundledPoolKnowsTheJdkOnly =
      classes()
          .that()
          .resideInAPackage("io.poolwatch.pool..")
          .should()
          .onlyDependOnClassesThat(
              resideInAPackage("io.poolwatch.pool..")
                  .or(resideInAnyPackage(JDK))
                  .or(resideInAPackage("javax.management..")))
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule memoryKnowsTheJdkOnly =
      classes()
          .that()
          .resideInAPackage("io.poolwatch.memory..")
          .should()
          .onlyDependOnClassesThat(
              resideInAPackage("io.poolwatch.memory..").or(resideInAnyPackage(JDK)));

  @ArchTest
  static final ArchRule violationsKnowBooksOnly =
      classes()
          .that()
          .resideInAPackage("io.poolwatch.violation..")
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage("io.poolwatch.book..", "io.poolwatch.violation..")
                  .or(resideInAnyPackage(JDK)));

  @ArchTest
  static final ArchRule guardKnowsBooksViolationsAndMemoryOnly =
      classes()
          .that()
          .resideInAPackage("io.poolwatch.guard..")
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(
                      "io.poolwatch.book..",
                      "io.poolwatch.memory..",
                      "io.poolwatch.violation..",
                      "io.poolwatch.guard..")
                  .or(resideInAnyPackage(JDK)));

  @ArchTest
  static final ArchRule fingerprintsKnowBooksViolationsAndMemoryOnly =
      classes()
          .that()
          .resideInAPackage("io.poolwatch.fingerprint..")
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(
                      "io.poolwatch.book..",
                      "io.poolwatch.memory..",
                      "io.poolwatch.violation..",
                      "io.poolwatch.fingerprint..")
                  .or(resideInAnyPackage(JDK)));

  @ArchTest
  static final ArchRule wovenHooksKnowBooksBirthsViolationsGuardAndFingerprintsOnly =
      classes()
          .that()
          .resideInAPackage("io.poolwatch.woven..")
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(
                      "io.poolwatch.book..",
                      "io.poolwatch.fingerprint..",
                      "io.poolwatch.gc..",
                      "io.poolwatch.guard..",
                      "io.poolwatch.memory..",
                      "io.poolwatch.violation..",
                      "io.poolwatch.worth..",
                      "io.poolwatch.woven..")
                  .or(resideInAnyPackage(JDK)));

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
  static final ArchRule weavingKnowsNoLibraryAndNoRoomButItself =
      noClasses()
          .that()
          .resideInAPackage("io.poolwatch.agent.weave..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("io.poolwatch..")
                  .and(not(resideInAPackage("io.poolwatch.agent.weave.."))));

  @ArchTest
  static final ArchRule librariesKnowWeavingOnly =
      noClasses()
          .that()
          .resideInAPackage("io.poolwatch.agent.library..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("io.poolwatch..")
                  .and(
                      not(
                          resideInAnyPackage(
                              "io.poolwatch.agent.weave..", "io.poolwatch.agent.library.."))));

  @ArchTest
  static final ArchRule oneLibraryDoesNotKnowAnother =
      slices().matching("io.poolwatch.agent.library.(*)..").should().notDependOnEachOther();

  @ArchTest
  static final ArchRule pagesAndChartsKnowTheJdkOnly =
      classes()
          .that()
          .resideInAPackage("io.poolwatch.agent.html..")
          .should()
          .onlyDependOnClassesThat(
              resideInAPackage("io.poolwatch.agent.html..").or(resideInAnyPackage(JDK)));

  @ArchTest
  static final ArchRule premainKnowsNothingOfOurs =
      classes()
          .that()
          .resideInAPackage("io.poolwatch.agent")
          .should()
          .onlyDependOnClassesThat(
              resideInAPackage("io.poolwatch.agent").or(resideInAnyPackage(JDK)));

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
      noClasses()
          .that()
          .resideInAPackage("io.poolwatch.agent.cli..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("io.poolwatch..")
                  .and(
                      not(
                          resideInAnyPackage(
                              "io.poolwatch.agent.cli..",
                              "io.poolwatch.agent.live..",
                              "io.poolwatch.agent.config..",
                              "io.poolwatch.agent.export..",
                              "io.poolwatch.agent.state.."))));

  @ArchTest
  static final ArchRule askingAndAnsweringKnowsTheLogOnly =
      noClasses()
          .that()
          .resideInAPackage("io.poolwatch.agent.live..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("io.poolwatch..")
                  .and(
                      not(
                          resideInAnyPackage(
                              "io.poolwatch.agent.live..", "io.poolwatch.agent.log.."))));

  @ArchTest
  static final ArchRule roomsFormNoCircle =
      slices().matching("io.poolwatch.agent.(*)..").should().beFreeOfCycles();
}
