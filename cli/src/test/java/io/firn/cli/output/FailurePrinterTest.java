package io.firn.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.firn.failure.Failure;
import io.firn.failure.FailureCode;
import io.firn.failure.FirnException;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FailurePrinterTest {
  private static final Failure FAILURE =
      new Failure(
          FailureCode.VAULT_NO_SPACE,
          "the vault file:/backup has no space left",
          "Free space where the vault rests.",
          Map.of("vault", "file:/backup"),
          false);

  @Test
  void text_causesThatAddSomething_arePrintedOnce() {
    IOException root = new IOException("write: No space left on device");
    IllegalStateException middle =
        new IllegalStateException("the vault file:/backup has no space left", root);
    assertThat(FailurePrinter.text(FAILURE, new FirnException(FAILURE, middle)))
        .isEqualTo(
            """
            error: the vault file:/backup has no space left
              cause: write: No space left on device
              next: Free space where the vault rests.
            """);
  }

  @Test
  void json_anyFailure_isOneLineWithAllOfIt() {
    assertThat(FailurePrinter.json(FAILURE, new FirnException(FAILURE)))
        .isEqualTo(
            "{\"error\":{\"code\":\"VAULT_NO_SPACE\",\"exitCode\":1,\"summary\":\"the vault"
                + " file:/backup has no space left\",\"causes\":[],\"guidance\":\"Free space where"
                + " the vault rests.\",\"retryable\":false,\"context\":{\"vault\":\"file:/backup\"}}}\n");
  }
}
