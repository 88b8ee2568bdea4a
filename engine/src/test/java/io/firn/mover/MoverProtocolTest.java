package io.firn.mover;

import static org.assertj.core.api.Assertions.assertThat;

import io.firn.failure.Failure;
import io.firn.failure.FailureCode;
import io.firn.point.Domain;
import io.firn.point.VaultLocation;
import io.firn.repository.Compression;
import io.firn.repository.TreeId;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class MoverProtocolTest {
  private static final VaultLocation VAULT = VaultLocation.parse("/vault");
  private static final Domain DOMAIN = new Domain("shop");

  @Test
  void results_writtenAndRead_areTheSame() {
    MoverResult exported = new MoverResult.Exported("ab", 9, 4, "cd", 8, 7, 6);
    MoverResult populated = new MoverResult.Populated(9, "cd", 5, List.of());
    MoverResult rescued = new MoverResult.Populated(9, "cd", 5, List.of("ef", "01"));

    assertThat(MoverResultJson.read(MoverResultJson.write(exported))).isEqualTo(exported);
    assertThat(MoverResultJson.read(MoverResultJson.write(populated))).isEqualTo(populated);
    assertThat(MoverResultJson.read(MoverResultJson.write(rescued))).isEqualTo(rescued);
  }

  @Test
  void result_exported_hasTheFieldsOfTheProtocol() {
    assertThat(MoverResultJson.write(new MoverResult.Exported("ab", 9, 4, "cd", 8, 7, 6)))
        .isEqualTo(
            "{\"tree\":\"ab\",\"size\":9,\"blockSize\":4,\"digest\":\"cd\",\"bytesRead\":8,"
                + "\"bytesNew\":7,\"bytesStored\":6}");
  }

  @Test
  void failure_withVeryLongTexts_fitsATerminationMessage() {
    Failure failure =
        new Failure(
            FailureCode.VAULT_NO_SPACE, "\u0001".repeat(9000), "雪".repeat(9000), Map.of(), false);

    String json = MoverResultJson.write(new MoverResult.Failed(failure));

    assertThat(json.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(4096);
    assertThat(MoverResultJson.read(json))
        .isInstanceOfSatisfying(
            MoverResult.Failed.class,
            f -> assertThat(f.failure().code()).isEqualTo(FailureCode.VAULT_NO_SPACE));
  }

  @Test
  void failure_writtenAndRead_saysWhetherTryingAgainMayMendIt() {
    for (boolean retryable : new boolean[] {true, false}) {
      Failure failure = new Failure(FailureCode.VAULT_FAILED, "s", "g", Map.of(), retryable);
      assertThat(MoverResultJson.read(MoverResultJson.write(new MoverResult.Failed(failure))))
          .isEqualTo(new MoverResult.Failed(failure));
    }
  }

  @Test
  void message_thatIsNoResult_isAFailureThatQuotesIt() {
    for (String text : new String[] {"", "Killed", "{\"tree", "[]", "{}"}) {
      assertThat(MoverResultJson.read(text))
          .isInstanceOfSatisfying(
              MoverResult.Failed.class,
              f -> assertThat(f.failure().summary()).contains("'" + text + "'"));
    }
  }

  @Test
  void tasks_asArguments_readBackTheSame() {
    MoverTask export = new MoverTask.Export(Path.of("/dev/x"), VAULT, DOMAIN, 65536, 3);
    MoverTask small =
        new MoverTask.Export(
            Path.of("/dev/x"),
            VAULT,
            DOMAIN,
            0,
            0,
            Compression.BEST,
            "shop/data",
            Optional.empty());
    MoverTask populate =
        new MoverTask.Populate(VAULT, DOMAIN, TreeId.of("0a".repeat(32)), Path.of("/v"), 4096, 0);

    for (MoverTask task : new MoverTask[] {export, small, populate}) {
      assertThat(MoverMain.task(task.arguments(Path.of("/p"), Path.of("/r")))).isEqualTo(task);
    }
    assertThat(export.arguments(Path.of("/p"), Path.of("/r")))
        .startsWith("mover", "backup", "--source", "/dev/x", "--vault", "/vault");
  }

  @Test
  void progress_isPrintedOnceASecondNeverBackwardsAndAtTheEnd() {
    AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ProgressLines lines =
        new ProgressLines(new PrintStream(bytes, true, StandardCharsets.UTF_8), now::get);

    lines.progress(1, 10, 0);
    lines.progress(2, 10, 0);
    now.set(Instant.EPOCH.plusSeconds(1));
    lines.progress(5, 10, 3);
    lines.progress(4, 10, 3);
    lines.progress(10, 10, 4);
    lines.progress(10, 10, 6);
    lines.progress(10, 10, 6);

    String log = bytes.toString(StandardCharsets.UTF_8);
    assertThat(log.lines())
        .containsExactly(
            "{\"done\":1,\"total\":10,\"stored\":0}",
            "{\"done\":5,\"total\":10,\"stored\":3}",
            "{\"done\":10,\"total\":10,\"stored\":4}",
            "{\"done\":10,\"total\":10,\"stored\":6}");
    assertThat(ProgressLines.last(log + "{\"done\":11,\"to"))
        .isEqualTo(Optional.of(new ProgressLines.Progress(10, 10, 6)));
    assertThat(ProgressLines.last("warming up\n")).isEmpty();
  }
}
