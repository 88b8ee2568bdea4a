package io.firn.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.firn.failure.FailureCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

  @Test
  void documentation_exitCodesWithoutFailure_areThereToo() throws IOException {
    assertThat(documentation()).contains("| 0 |").contains("| 3 |");
  }

  private static String documentation() throws IOException {
    return Files.readString(Path.of("..", "docs", "exit-codes.md"));
  }
}
