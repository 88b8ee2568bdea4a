package io.firn.simulator.kubevirt;

import static io.firn.simulator.client.Fields.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.TestCluster;
import io.firn.simulator.client.ApiClient;
import io.firn.simulator.client.Fields;
import io.firn.simulator.client.Meta;
import io.firn.simulator.client.ObjectKey;
import io.firn.simulator.kubevirt.RawHttp.Answer;
import java.io.InputStream;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `subresources.kubevirt.io` over the wire: codes and texts as a real virt-api gave them.
class SubresourcesTest {
  private static final String INSTANCES = "virtualmachineinstances";
  private static final String MACHINES = "virtualmachines";
  private static final String FREEZE = "{\"unfreezeTimeout\":\"1m0s\"}";
  @TempDir static Path folder;
  private static TestCluster cluster;
  private static RawHttp http;

  @BeforeAll
  static void start() {
    cluster = new TestCluster(folder);
    http = new RawHttp(cluster.cluster(), "admin");
    cluster.namespace("shop");
    cluster.create(VirtTypes.MACHINE, Yaml.machineOnClaim("shop", "waiting", "none", "Always"));
    for (String name : new String[] {"db", "clock", "paused", "migrating", "vss"}) {
      running(name);
    }
    ObjectNode mute = Yaml.parse(machine("mute"));
    Fields.object(mute, "spec", "template", "metadata", "annotations")
        .put("simulator.firn.io/guest-agent", "false");
    cluster.client().create(VirtTypes.MACHINE, mute);
    cluster.await(VirtTypes.INSTANCE, "shop", "mute", vmi -> Phases.of(vmi).equals("Running"));
    cluster.await(VirtTypes.INSTANCE, "shop", "waiting", vmi -> Phases.of(vmi).equals("Pending"));
  }

  @AfterAll
  static void stop() {
    http.close();
    cluster.close();
  }

  private static String machine(String name) {
    cluster.claim("shop", name + "-data", "Block", "");
    return Yaml.machineOnClaim("shop", name, name + "-data", "Always");
  }

  private static void running(String name) {
    cluster.create(VirtTypes.MACHINE, machine(name));
    cluster.await(
        VirtTypes.INSTANCE, "shop", name, vmi -> Conditions.isTrue(vmi, "AgentConnected"));
  }

  private static Answer instance(String name, String action, String body) throws Exception {
    return http.act("PUT", INSTANCES, "shop/" + name, action, body);
  }

  private static String message(Answer answer) throws Exception {
    return text(Fields.JSON.readTree(answer.body()), "message");
  }

  private static boolean frozen(String name) throws Exception {
    return cluster.cluster().guest("shop", name).orElseThrow().frozen();
  }

  @ParameterizedTest
  @CsvSource({
    "freeze, VM is not running",
    "pause, VM is not running",
    "unfreeze, VMI is not running"
  })
  void instanceThatIsNotRunning_isAConflict(String action, String why) throws Exception {
    Answer answer = instance("waiting", action, FREEZE);
    assertThat(answer.code()).isEqualTo(409);
    assertThat(message(answer))
        .isEqualTo(
            "Operation cannot be fulfilled on virtualmachineinstance.kubevirt.io \"waiting\": "
                + why);
  }

  @ParameterizedTest
  @CsvSource({"freeze", "unfreeze", "pause", "unpause"})
  void absentInstance_isNotFound(String action) throws Exception {
    Answer answer = instance("nope", action, FREEZE);
    assertThat(answer.code()).isEqualTo(404);
    assertThat(message(answer)).isEqualTo("virtualmachineinstance.kubevirt.io \"nope\" not found");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"''", "'{}'", "'{\"unfreezeTimeout\":null}'", "'{\"unfreezeTimeout\":\"soon\"}'"})
  void freezeWithoutAUsableTimeout_isTheAgents400Inside500(String body) throws Exception {
    Answer answer = instance("db", "freeze", body);
    assertThat(answer.code()).isEqualTo(500);
    assertThat(message(answer)).contains("unexpected return code 400 (400 Bad Request), message: ");
  }

  @Test
  void freezeAndThaw_areSeenInTheStatusLater() throws Exception {
    Answer answer = instance("db", "freeze", FREEZE);
    assertThat(answer.code()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
    assertThat(frozen("db")).isTrue();
    cluster.await(
        VirtTypes.INSTANCE,
        "shop",
        "db",
        vmi -> text(vmi, "status", "fsFreezeStatus").equals("frozen"));

    assertThat(instance("db", "unfreeze", "").code()).isEqualTo(200);
    assertThat(frozen("db")).isFalse();
    cluster.await(
        VirtTypes.INSTANCE, "shop", "db", vmi -> text(vmi, "status", "fsFreezeStatus").isEmpty());
    assertThat(instance("db", "unfreeze", "").code()).as("thaw again").isEqualTo(200);
  }

  @Test
  void secondFreeze_doesNotPutOffTheSafetyTimer() throws Exception {
    assertThat(instance("clock", "freeze", "{\"unfreezeTimeout\":\"30m\"}").code()).isEqualTo(200);
    assertThat(instance("clock", "freeze", "{\"unfreezeTimeout\":\"90m\"}").code()).isEqualTo(200);
    assertThat(frozen("clock")).isTrue();

    cluster.cluster().clock().jump(java.time.Duration.ofMinutes(31));

    cluster.await(
        VirtTypes.INSTANCE,
        "shop",
        "clock",
        _ -> {
          try {
            return !frozen("clock");
          } catch (Exception e) {
            throw new AssertionError(e);
          }
        });
  }

  @Test
  void guestWithoutAnAgent_cannotBeFrozen() throws Exception {
    Answer answer = instance("mute", "freeze", FREEZE);
    assertThat(answer.code()).isEqualTo(500);
    assertThat(message(answer)).contains("QEMU guest agent is not connected");
    ObjectNode instance = cluster.get(VirtTypes.INSTANCE, "shop", "mute");
    assertThat(Conditions.find(instance, "AgentConnected")).isEmpty();
  }

  @Test
  void pausedGuest_isShownAndCannotBeFrozen() throws Exception {
    assertThat(instance("paused", "pause", "").code()).isEqualTo(200);
    cluster.await(
        VirtTypes.MACHINE,
        "shop",
        "paused",
        vm -> text(vm, "status", "printableStatus").equals("Paused"));
    assertThat(instance("paused", "pause", "").code()).isEqualTo(409);
    assertThat(instance("paused", "freeze", FREEZE).code()).isEqualTo(500);

    assertThat(instance("paused", "unpause", "").code()).isEqualTo(200);
    cluster.await(
        VirtTypes.MACHINE,
        "shop",
        "paused",
        vm -> text(vm, "status", "printableStatus").equals("Running"));
  }

  @Test
  void guestInMigration_cannotBeFrozen() throws Exception {
    try (RawHttp controller = new RawHttp(cluster.cluster(), Accounts.CONTROLLER)) {
      ApiClient api = controller.api();
      ObjectKey key = new ObjectKey("shop", "migrating");
      api.modify(
          VirtTypes.INSTANCE,
          key,
          vmi -> Fields.object(vmi, "status", "migrationState").put("completed", false));
      Answer answer = instance("migrating", "freeze", FREEZE);
      assertThat(answer.code()).isEqualTo(500);
      assertThat(message(answer)).contains("currently during migration");
    }
  }

  @Test
  void freezeThatWindowsEndsByItself_isSaidAtTheThaw() throws Exception {
    cluster
        .cluster()
        .faults()
        .add(
            new io.firn.simulator.faults.Fault.FreezeLimit(
                "shop", "vss", java.time.Duration.ofMillis(50)));
    assertThat(instance("vss", "freeze", FREEZE).code()).isEqualTo(200);
    java.util.concurrent.locks.LockSupport.parkNanos(200_000_000L);
    Answer answer = instance("vss", "unfreeze", "");
    assertThat(answer.code()).isEqualTo(500);
    assertThat(message(answer)).contains("fsfreeze is limited");
  }

  @Test
  void agentsAnswers_arePassedOn() throws Exception {
    JsonNode info =
        Fields.JSON.readTree(http.act("GET", INSTANCES, "shop/db", "guestosinfo", "").body());
    assertThat(text(info, "hostname")).isNotEmpty();
    assertThat(text(info, "os", "name")).isNotEmpty();
    for (String action : new String[] {"userlist", "filesystemlist"}) {
      Answer answer = http.act("GET", INSTANCES, "shop/db", action, "");
      assertThat(answer.code()).isEqualTo(200);
      assertThat(Fields.JSON.readTree(answer.body()).path("items").isArray()).isTrue();
    }
  }

  /// What the real routes declare: no type of an answer, so that only `*/*` will do.
  @ParameterizedTest
  @CsvSource({
    "freeze, application/json, 406",
    "freeze, application/*, 406",
    "freeze, text/plain, 406",
    "freeze, 'application/json, */*', 200",
    "freeze, */*;q=0.1, 200",
    "unfreeze, application/json, 406",
    "unfreeze, */*, 200",
    "pause, application/json, 406",
    "unpause, application/json, 406"
  })
  void actionOnAnInstance_isForClientsThatAcceptAnything(String action, String accept, int code)
      throws Exception {
    Answer answer = http.act("PUT", INSTANCES, "shop/db", action, FREEZE, "Accept", accept);
    assertThat(answer.code()).isEqualTo(code);
    assertThat(answer.body())
        .isEqualTo(code == 200 ? "" : "406: Not Acceptable\n\nAvailable representations: ");
    assertThat(instance("db", "unfreeze", "").code()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({"start", "stop", "restart"})
  void actionOnAMachine_isForClientsThatAcceptAnything(String action) throws Exception {
    Answer answer =
        http.act("PUT", MACHINES, "shop/db", action, "{}", "Accept", "application/json");
    assertThat(answer.code()).isEqualTo(406);
  }

  @Test
  void reads_giveJsonAndTakeNothingElse() throws Exception {
    for (String action : new String[] {"guestosinfo", "filesystemlist", "objectgraph"}) {
      assertThat(http.act("GET", INSTANCES, "shop/db", action, "", "Accept", "text/plain"))
          .isEqualTo(
              new Answer(
                  406, "406: Not Acceptable\n\nAvailable representations: application/json"));
      assertThat(
              http.act("GET", INSTANCES, "shop/db", action, "", "Accept", "application/json")
                  .code())
          .isEqualTo(200);
    }
  }

  @Test
  void wrongMethodOrPath_isRefusedInTheRoutersPlainWords() throws Exception {
    assertThat(http.act("GET", INSTANCES, "shop/db", "freeze", ""))
        .isEqualTo(new Answer(405, "405: Method Not Allowed"));
    assertThat(http.act("PUT", INSTANCES, "shop/db", "frieze", FREEZE))
        .isEqualTo(new Answer(404, "404: Page Not Found"));
  }

  /// A read that cannot be made is a 500 in plain text, whatever the reason.
  @Test
  void agentsAnswers_thatCannotBeHad_are500() throws Exception {
    assertThat(http.act("GET", INSTANCES, "shop/nope", "guestosinfo", ""))
        .isEqualTo(new Answer(500, "virtualmachineinstance.kubevirt.io \"nope\" not found"));
    Answer mute = http.act("GET", INSTANCES, "shop/mute", "guestosinfo", "");
    assertThat(mute.code()).isEqualTo(500);
    assertThat(mute.body()).endsWith("VMI does not have guest agent connected");
  }

  @Test
  void startOfARunningMachine_isAConflict() throws Exception {
    Answer answer = http.act("PUT", MACHINES, "shop/db", "start", "");
    assertThat(answer.code()).isEqualTo(409);
    assertThat(message(answer)).endsWith("VM is already running");
    Answer absent = http.act("PUT", MACHINES, "shop/nope", "start", "");
    assertThat(absent.code()).isEqualTo(404);
    assertThat(message(absent)).isEqualTo("virtualmachine.kubevirt.io \"nope\" not found");
  }

  @Test
  void manualMachine_startsRestartsAndStopsOnRequest() throws Exception {
    cluster.claim("shop", "manual-data", "Block", "");
    cluster.create(
        VirtTypes.MACHINE, Yaml.machineOnClaim("shop", "manual", "manual-data", "Manual"));
    status("manual", "Stopped");
    assertThat(http.act("PUT", MACHINES, "shop/manual", "start", "").code()).isEqualTo(202);
    status("manual", "Running");
    String first = Meta.uid(cluster.get(VirtTypes.INSTANCE, "shop", "manual"));

    assertThat(http.act("PUT", MACHINES, "shop/manual", "restart", "").code()).isEqualTo(202);
    cluster.await(
        VirtTypes.INSTANCE,
        "shop",
        "manual",
        vmi -> !Meta.uid(vmi).equals(first) && Phases.of(vmi).equals("Running"));

    assertThat(http.act("PUT", MACHINES, "shop/manual", "stop", "").code()).isEqualTo(202);
    status("manual", "Stopped");
  }

  private static void status(String name, String wanted) {
    cluster.await(
        VirtTypes.MACHINE,
        "shop",
        name,
        vm -> text(vm, "status", "printableStatus").equals(wanted));
  }

  @Test
  void discovery_isThatOfTheRealOne() throws Exception {
    JsonNode served =
        Fields.JSON.readTree(http.send("GET", "/apis/subresources.kubevirt.io/v1", "").body());
    try (InputStream golden = getClass().getResourceAsStream("subresources-discovery.json")) {
      assertThat(served).isEqualTo(Fields.JSON.readTree(golden));
    }
  }

  @Test
  void objectGraph_ofAnAbsentMachine_isNotFound() throws Exception {
    assertThat(http.act("GET", MACHINES, "shop/nope", "objectgraph", "").code()).isEqualTo(404);
  }
}
