package io.firn.repository.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// The stock binary, on one repository. Its absence skips a test on a developer's machine and fails
/// it in CI.
public final class Restic {
  private final String repository;
  private final Path scratch;
  private final String password;
  private final Map<String, String> environment;

  public Restic(Path repository, Path scratch, String password) {
    this(repository.toString(), scratch, password, Map.of());
  }

  /// On any repository that restic can name, with what it needs in its environment.
  public Restic(String repository, Path scratch, String password, Map<String, String> environment) {
    this.repository = repository;
    this.scratch = scratch;
    this.password = password;
    this.environment = environment;
  }

  public static void require() {
    boolean present =
        Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "restic")));
    if ("true".equals(System.getenv("CI"))) {
      assertThat(present).as("CI installs restic").isTrue();
    }
    assumeTrue(present, "restic is not installed");
  }

  public Restic with(String otherPassword) {
    return new Restic(repository, scratch, otherPassword, environment);
  }

  /// Runs it, expects success, returns standard output.
  public String run(String... arguments) {
    Result result = attempt(arguments);
    assertThat(result.exitCode())
        .as("restic %s: %s%s", Arrays.toString(arguments), result.output(), result.errors())
        .isZero();
    return result.output();
  }

  public Result attempt(String... arguments) {
    try {
      Path output = Files.createTempFile(scratch, "restic", ".out");
      Path errors = Files.createTempFile(scratch, "restic", ".err");
      Process process = start(output, errors, arguments);
      return new Result(process.exitValue(), Files.readString(output), Files.readString(errors));
    } catch (IOException | InterruptedException e) {
      throw new AssertionError("restic could not be run", e);
    }
  }

  /// Runs it with standard output in a file.
  public void runInto(Path output, String... arguments) {
    try {
      Path errors = Files.createTempFile(scratch, "restic", ".err");
      Process process = start(output, errors, arguments);
      assertThat(process.exitValue()).as(Files.readString(errors)).isZero();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError("restic could not be run", e);
    }
  }

  private Process start(Path output, Path errors, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("restic", "--no-cache"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    builder.environment().put("RESTIC_REPOSITORY", repository);
    builder.environment().put("RESTIC_PASSWORD", password);
    builder.redirectOutput(output.toFile()).redirectError(errors.toFile());
    Process process = builder.start();
    process.getOutputStream().close();
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).as("restic ends in time").isTrue();
    return process;
  }

  /// How it ended.
  public record Result(int exitCode, String output, String errors) {}
}
