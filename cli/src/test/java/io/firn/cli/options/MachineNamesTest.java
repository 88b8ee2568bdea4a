package io.firn.cli.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.firn.failure.FailureCode;
import io.firn.failure.FirnException;
import io.firn.graph.Kinds;
import io.firn.graph.ObjectRef;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MachineNamesTest {

  @ParameterizedTest
  @CsvSource({
    "vm/x, VirtualMachine",
    "VMs/x, VirtualMachine",
    "virtualmachine/x, VirtualMachine",
    "virtualmachines.kubevirt.io/x, VirtualMachine",
    "vmi/x, VirtualMachineInstance",
    "vmirs/x, VirtualMachineInstanceReplicaSet",
    "vmpool/x, VirtualMachinePool",
    "virtualmachinepools.pool.kubevirt.io/x, VirtualMachinePool"
  })
  void parse_everyNameOfAKind_givesTheKind(String word, String kind) {
    List<ObjectRef> refs = MachineNames.parse(List.of(word), "shop");
    assertThat(refs).singleElement().extracting(ObjectRef::kind).isEqualTo(kind);
  }

  @Test
  void parse_bothForms_giveTheSameObjectsOnce() {
    ObjectRef a = ObjectRef.of(Kinds.VIRTUAL_MACHINE, "shop", "a");
    ObjectRef b = ObjectRef.of(Kinds.VIRTUAL_MACHINE, "shop", "b");
    assertThat(MachineNames.parse(List.of("vm", "a", "b", "a"), "shop")).containsExactly(a, b);
    assertThat(MachineNames.parse(List.of("vm/a", "vms/b"), "shop")).containsExactly(a, b);
  }

  @Test
  void parse_otherKind_isNotSupportedAndNamesTheChoices() {
    assertThatThrownBy(() -> MachineNames.parse(List.of("pod/x"), "shop"))
        .isInstanceOfSatisfying(
            FirnException.class,
            e -> {
              assertThat(e.failure().code()).isEqualTo(FailureCode.KIND_NOT_SUPPORTED);
              assertThat(e.failure().guidance()).contains("vm, vmi, vmirs, vmpool");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "vm/", "vm/a/b"})
  void parse_noName_isUsage(String word) {
    assertThatThrownBy(() -> MachineNames.parse(List.of(word), "shop"))
        .isInstanceOfSatisfying(
            FirnException.class, e -> assertThat(e.failure().code()).isEqualTo(FailureCode.USAGE));
  }
}
