package io.firn.cluster.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.firn.cluster.Quiesce;
import io.firn.cluster.Quiesce.FreezeOutcome;
import io.firn.cluster.Quiesce.ThawOutcome;
import io.firn.graph.Kinds;
import io.firn.graph.ObjectRef;
import io.firn.simulator.api.AggregatedApi;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Every answer that virt-api is known to give becomes an outcome.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SubresourceQuiesceTest {
  private final List<String> bodies = new ArrayList<>();
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

  @Test
  void freeze_noAgent_isAgentUnavailable() {
    answer = status(500, "unexpected return code 400, message: Guest agent not available for now");
    assertThat(freeze()).isInstanceOf(FreezeOutcome.AgentUnavailable.class);
  }

  @Test
  void freeze_migrating_isRefusedInItsWords() {
    answer = status(500, "unexpected return code 400, message: VMI is currently during migration");
    assertThat(freeze())
        .isInstanceOfSatisfying(
            FreezeOutcome.Refused.class,
            refused -> assertThat(refused.message()).contains("currently during migration"));
  }

  @Test
  void freeze_notRunningOrAbsent_isNotRunning() {
    answer = status(409, "Operation cannot be fulfilled: VM is not running");
    assertThat(freeze()).isInstanceOf(FreezeOutcome.NotRunning.class);
    answer = status(404, "virtualmachineinstance.kubevirt.io \"x\" not found");
    assertThat(freeze()).isInstanceOf(FreezeOutcome.NotRunning.class);
  }

  @Test
  void freeze_serverError_isAskedOnce() {
    bodies.clear();
    answer = status(500, "internal error");
    assertThat(freeze()).isInstanceOf(FreezeOutcome.Refused.class);
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
      return answer;
    }
  }
}
