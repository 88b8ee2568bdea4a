package io.firn.cluster.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.firn.cluster.ClusterException;
import io.firn.cluster.Quiesce;
import io.firn.cluster.Quiesce.FreezeOutcome;
import io.firn.cluster.Quiesce.ThawOutcome;
import io.firn.graph.Kinds;
import io.firn.graph.ObjectRef;
import io.firn.simulator.api.AggregatedApi;
import io.firn.simulator.api.RequestFaults;
import io.firn.simulator.world.InEveryWorld;
import io.firn.simulator.world.Need;
import io.firn.simulator.world.Needs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Every answer that virt-api is known to give becomes an outcome.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@InEveryWorld
@Needs(Need.SCRIPTED_ANSWERS)
class SubresourceQuiesceTest {
  private final List<String> bodies = new ArrayList<>();
  private volatile String accept = "";
  private SimulatedApi api;
  private Quiesce quiesce;
  private volatile AggregatedApi.Response answer = new AggregatedApi.Response(200, "", "");

  @BeforeAll
  void start(@TempDir Path directory) {
    api = new SimulatedApi(directory);
    api.server().aggregate(new VirtApi());
    quiesce = api.admin().quiesce();
  }

  @AfterAll
  void stop() {
    api.close();
  }

  @Test
  void freeze_200or202_isFrozen() {
    answer = new AggregatedApi.Response(200, "", "");
    assertThat(freeze()).isEqualTo(new FreezeOutcome.Frozen());
    answer = new AggregatedApi.Response(202, "", "");
    assertThat(freeze()).isEqualTo(new FreezeOutcome.Frozen());
    assertThat(bodies.getLast()).isEqualTo("{\"unfreezeTimeout\":\"90s\"}");
  }

  /// virt-api's freeze, unfreeze and pause declare no type of their answer, and its router then
  /// takes only clients that accept anything.
  @Test
  void everyRequest_acceptsWhateverComesButJsonFirst() {
    answer = new AggregatedApi.Response(200, "", "");
    freeze();
    assertThat(accept).isEqualTo("application/json, */*");
    accept = "";
    thaw();
    assertThat(accept).isEqualTo("application/json, */*");
  }

  @ParameterizedTest
  @MethodSource("answers")
  void freeze_answerThatSaysWhatHappened_isThatOutcome(
      int code, String message, Class<? extends FreezeOutcome> outcome) {
    answer = status(code, message);
    assertThat(freeze()).isInstanceOf(outcome);
  }

  static Stream<Arguments> answers() {
    String agent = "unexpected return code 400 (400 Bad Request), message: virError(Code=86): ";
    String node = "Put \"https://10.0.0.7:8186/freeze\": ";
    return Stream.of(
        arguments(
            500,
            agent + "Guest agent is not responding: QEMU guest agent is not connected",
            FreezeOutcome.AgentUnavailable.class),
        arguments(
            500, agent + "Guest agent not available for now", FreezeOutcome.AgentSilent.class),
        arguments(500, agent + "VMI is currently during migration", FreezeOutcome.Refused.class),
        arguments(500, "message: Failed to detect cmd client", FreezeOutcome.Refused.class),
        arguments(
            500, node + "dial tcp 10.0.0.7:8186: i/o timeout", FreezeOutcome.NotReached.class),
        arguments(500, node + "context deadline exceeded", FreezeOutcome.Unknown.class),
        arguments(500, agent + "failed to freeze: I/O error", FreezeOutcome.Unknown.class),
        arguments(504, "timed out", FreezeOutcome.Unknown.class),
        arguments(503, "error trying to reach service: EOF", FreezeOutcome.Unknown.class),
        arguments(409, "VM is not running", FreezeOutcome.NotRunning.class),
        arguments(404, "virtualmachineinstance \"x\" not found", FreezeOutcome.NotRunning.class),
        arguments(400, "bad request", FreezeOutcome.Refused.class));
  }

  @Test
  void freeze_refusedInPlainText_isRefusedInItsFirstLine() {
    answer =
        new AggregatedApi.Response(
            406, "text/plain", "406: Not Acceptable\n\nAvailable representations: ");
    assertThat(freeze()).isEqualTo(new FreezeOutcome.Refused("406: Not Acceptable"));
  }

  /// It would be thawed as one that may have frozen otherwise, until the guest's own timer ends.
  @Test
  void freeze_serverThatIsGone_isNotReached_cutAfterwards_isUnknown(@TempDir Path folder) {
    SimulatedApi gone = new SimulatedApi(folder);
    Quiesce client = gone.admin().quiesce();
    gone.server().aggregate(new VirtApi());
    answer = new AggregatedApi.Response(200, "", "");
    gone.server().faults((_, _, _) -> new RequestFaults.Verdict.Cut(true));
    assertThat(client.freeze(instance(), Duration.ofSeconds(90)))
        .isInstanceOf(FreezeOutcome.Unknown.class);
    gone.server().close();
    assertThat(client.freeze(instance(), Duration.ofSeconds(90)))
        .isInstanceOfSatisfying(
            FreezeOutcome.NotReached.class,
            outcome -> assertThat(outcome.message()).contains("Cannot reach the cluster"));
    gone.close();
  }

  @Test
  void freeze_withoutTheRight_throws() {
    answer = status(403, "user cannot update resource");
    assertThatThrownBy(this::freeze)
        .isInstanceOfSatisfying(
            ClusterException.class,
            e -> assertThat(e.code()).isEqualTo(ClusterException.Code.FORBIDDEN));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"500|internal error", "503|error trying to reach service: EOF"})
  void freeze_thatMayHaveHappened_isAskedOnce(int code, String message) {
    bodies.clear();
    answer = status(code, message);
    assertThat(freeze()).isInstanceOf(FreezeOutcome.Unknown.class);
    assertThat(bodies).hasSize(1);
  }

  @Test
  void thaw_200_isThawed() {
    answer = new AggregatedApi.Response(200, "", "");
    assertThat(thaw()).isEqualTo(new ThawOutcome.Thawed());
  }

  @Test
  void thaw_afterVssGaveUp_isFreezeLost() {
    answer = status(500, "unexpected return code 400, message: fsfreeze is limited to 10 seconds");
    assertThat(thaw()).isInstanceOf(ThawOutcome.FreezeLost.class);
  }

  @Test
  void thaw_failure_isFailed_absence_isNotRunning() {
    answer = status(500, "guest agent error");
    assertThat(thaw()).isInstanceOf(ThawOutcome.Failed.class);
    answer = status(404, "not found");
    assertThat(thaw()).isInstanceOf(ThawOutcome.NotRunning.class);
  }

  private FreezeOutcome freeze() {
    return quiesce.freeze(instance(), Duration.ofSeconds(90));
  }

  private ThawOutcome thaw() {
    return quiesce.thaw(instance());
  }

  private static ObjectRef instance() {
    return ObjectRef.of(Kinds.INSTANCE, "shop", "x");
  }

  private static AggregatedApi.Response status(int code, String message) {
    String body =
        JsonNodeFactory.instance
            .objectNode()
            .put("kind", "Status")
            .put("apiVersion", "v1")
            .put("status", "Failure")
            .put("message", message)
            .put("code", code)
            .toString();
    return new AggregatedApi.Response(code, "application/json", body);
  }

  private final class VirtApi implements AggregatedApi {
    @Override
    public String apiGroup() {
      return "subresources.kubevirt.io";
    }

    @Override
    public List<String> versions() {
      return List.of("v1");
    }

    @Override
    public JsonNode resources(String version) {
      return JsonNodeFactory.instance
          .objectNode()
          .put("kind", "APIResourceList")
          .put("groupVersion", "subresources.kubevirt.io/v1")
          .set("resources", JsonNodeFactory.instance.arrayNode());
    }

    @Override
    public Response handle(Request request) {
      bodies.add(request.body());
      accept = request.header("accept");
      return answer;
    }
  }
}
