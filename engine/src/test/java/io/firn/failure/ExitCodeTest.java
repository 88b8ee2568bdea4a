package io.firn.failure;

import static org.assertj.core.api.Assertions.assertThat;

import io.firn.repository.RepositoryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ExitCodeTest {

  @ParameterizedTest
  @CsvSource({
    "USAGE, 2",
    "VAULT_ABSENT, 10",
    "VAULT_LOCKED, 11",
    "VAULT_WRONG_PASSWORD, 12",
    "INTERRUPTED, 130",
    "RESTORE_CONFLICT, 1",
    "INTERNAL, 1"
  })
  void exitCode_ofAFailure_isTheDocumentedOne(FailureCode code, int expected) {
    assertThat(ExitCode.of(code)).isEqualTo(expected);
  }

  @ParameterizedTest
  @EnumSource(FailureCode.class)
  void exitCode_everyFailure_isInTheDocument(FailureCode code) throws IOException {
    String row = "| `" + code.name() + "` | " + ExitCode.of(code) + " |";
    assertThat(documentation()).contains(row);
  }

  @ParameterizedTest
  @EnumSource(RepositoryException.FailureCode.class)
  void exitCode_ofAMover_saysWhetherTryingAgainMayMendIt(RepositoryException.FailureCode code) {
    Failure failure =
        RepositoryFailures.of(new RepositoryException(code, "it failed.", Map.of())).failure();

    int exitCode = ExitCode.ofMover(failure);

    assertThat(ExitCode.FOR_GOOD.contains(exitCode)).isEqualTo(!failure.retryable());
    assertThat(exitCode).isNotZero();
  }

  @Test
  void documentation_codesOfMoversThatAreFinal_areNamed() throws IOException {
    String all =
        ExitCode.FOR_GOOD.stream().sorted().map(String::valueOf).collect(Collectors.joining(", "));
    assertThat(documentation()).contains("Final are " + all + ".");
  }

  @Test
  void documentation_exitCodesWithoutFailure_areThereToo() throws IOException {
    assertThat(documentation()).contains("| 0 |").contains("| 3 |").contains("| 4 |");
  }

  private static String documentation() throws IOException {
    return Files.readString(Path.of("..", "docs", "exit-codes.md"));
  }
}
