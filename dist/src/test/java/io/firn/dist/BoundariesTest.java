package io.firn.dist;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;

/// The house rules of docs/architecture.md, each with its reason. `dist` sees every module, so the
/// whole house can be looked at from here.
@AnalyzeClasses(
    packages = "io.firn",
    importOptions = {ImportOption.DoNotIncludeTests.class, BoundariesTest.NoTestJars.class})
class BoundariesTest {
  /// Tests here use the tests of other modules, which come as jars.
  static final class NoTestJars implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("-tests.jar");
    }
  }

  private static final String[] ENGINE = {
    "io.firn.backup..",
    "io.firn.restore..",
    "io.firn.point..",
    "io.firn.mover..",
    "io.firn.trial..",
    "io.firn.verify..",
    "io.firn.doctor..",
    "io.firn.retention..",
    "io.firn.failure.."
  };

  @ArchTest
  static final ArchRule graphIsPure =
      noClasses()
          .that()
          .resideInAPackage("io.firn.graph..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.fabric8..",
              "io.firn.cluster..",
              "io.firn.repository..",
              "io.firn.simulator..",
              "java.net..",
              "java.nio.file..")
          .because(
              "what a VM is made of must be answerable from any lists: live, stored, invented");

  @ArchTest
  static final ArchRule repositoryStandsAlone =
      noClasses()
          .that()
          .resideInAPackage("io.firn.repository..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.fabric8..",
              "io.firn.graph..",
              "io.firn.cluster..",
              "io.firn.point..",
              "io.firn.backup..",
              "io.firn.restore..",
              "io.firn.simulator..",
              "picocli..")
          .because(
              "the format is restic's: it knows no VM and no Kubernetes, and others may use it");

  @ArchTest
  static final ArchRule onlyTheS3BackendSeesTheSdk =
      noClasses()
          .that()
          .resideInAPackage("io.firn..")
          .and()
          .resideOutsideOfPackage("io.firn.backend.s3..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("software.amazon..")
          .because("another SDK, or another kind of storage, must be a change in one module");

  @ArchTest
  static final ArchRule theS3BackendKnowsFilesOnly =
      noClasses()
          .that()
          .resideInAPackage("io.firn.backend.s3..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.firn.graph..",
              "io.firn.cluster..",
              "io.firn.point..",
              "io.firn.backup..",
              "io.firn.restore..",
              "io.firn.simulator..",
              "picocli..")
          .because(
              "a backend stores files of a repository; whoever uses the library alone needs it, too");

  @ArchTest
  static final ArchRule clusterKeepsItsClientInside =
      noClasses()
          .that()
          .resideInAPackage("io.firn..")
          .and()
          .resideOutsideOfPackages("io.firn.cluster.kubernetes..", "io.firn.simulator..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.fabric8..")
          .because("another client, or another version of it, must be a change in one module");

  @ArchTest
  static final ArchRule clusterContractsAreOurWords =
      noClasses()
          .that()
          .resideInAPackage("io.firn.cluster")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.fabric8..", "io.firn.cluster.kubernetes..")
          .because("fakes and the engine implement and see contracts, not the client behind them");

  @ArchTest
  static final ArchRule engineSeesContractsOnly =
      noClasses()
          .that()
          .resideInAnyPackage(ENGINE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.fabric8..",
              "io.firn.cluster.kubernetes..",
              "io.firn.simulator..",
              "io.firn.cli..",
              "picocli..",
              "software.amazon..")
          .because("plans and runs must be the same under a command line, an operator and a test");

  @ArchTest
  static final ArchRule moversHoldNoCluster =
      noClasses()
          .that()
          .resideInAPackage("io.firn.mover..")
          .and()
          // The two that start and follow movers from outside.
          .haveNameNotMatching(".*\\.Mover(Pod|Watch)(\\$.*)?")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.firn.cluster..", "io.firn.graph..", "io.firn.backup..")
          .because("a mover has no Kubernetes credentials: it reads a volume and a vault");

  @ArchTest
  static final ArchRule onlyDistSeesTheSimulator =
      noClasses()
          .that()
          .resideInAPackage("io.firn..")
          .and()
          .resideOutsideOfPackages("io.firn.dist..", "io.firn.simulator..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.firn.simulator..")
          .because("nothing that runs against a real cluster may know that a simulated one exists");

  @ArchTest
  static final ArchRule simulatorKnowsNothingOfFirn =
      noClasses()
          .that()
          .resideInAPackage("io.firn.simulator..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.firn.graph..",
              "io.firn.repository..",
              "io.firn.cluster..",
              "io.firn.point..",
              "io.firn.backup..",
              "io.firn.restore..",
              "io.firn.cli..")
          .because("a yardstick that shares code with what it measures measures nothing");

  @ArchTest
  static final ArchRule namesSayWhatThingsAre =
      noClasses()
          .should()
          .haveNameMatching(
              ".*(Utils?|Helper|Manager|Impl|Base|Common|Data|Info|Processor)(\\$.*)?")
          .because("such names say nothing about what a class is for");

  @ArchTest
  static final ArchRule timeIsInjected =
      noClasses()
          .that()
          .resideInAnyPackage("io.firn.graph..", "io.firn.repository..")
          .or()
          .resideInAnyPackage(ENGINE)
          .should()
          .accessTargetWhere(readsTheClock())
          .because("time comes in as an InstantSource, or tests cannot make it jump");

  @ArchTest
  static final ArchRule commandsAreOneClassEach =
      classes()
          .that()
          .areAnnotatedWith(picocli.CommandLine.Command.class)
          .should()
          .haveSimpleNameEndingWith("Command")
          .because("a command is found by guessing its file");

  private static DescribedPredicate<JavaAccess<?>> readsTheClock() {
    Set<String> forbidden = Set.of("java.time.Instant.now", "java.lang.System.currentTimeMillis");
    return new DescribedPredicate<>("Instant.now() or System.currentTimeMillis()") {
      @Override
      public boolean test(JavaAccess<?> access) {
        JavaClass owner = access.getTarget().getOwner();
        return forbidden.contains(owner.getName() + "." + access.getName());
      }
    };
  }
}
