package io.firn.graph.links;

import com.fasterxml.jackson.databind.JsonNode;
import io.firn.graph.Kinds;
import io.firn.graph.Need;
import java.util.List;

/// Secrets with SSH keys and passwords that KubeVirt puts into the guest. One entry may hold both.
final class AccessCredentialLinks implements MachineLinks {
  private static final List<String> SOURCES =
      List.of("sshPublicKey.source.secret.secretName", "userPassword.source.secret.secretName");

  @Override
  public void follow(Machine machine, Draft draft) {
    int position = 0;
    for (JsonNode credential : machine.spec().path("accessCredentials")) {
      for (String source : SOURCES) {
        String path = machine.path("accessCredentials[" + position + "]." + source);
        Json.text(credential, source)
            .map(name -> machine.sibling(Kinds.SECRET, name))
            .ifPresent(secret -> draft.link(machine.ref(), secret, Need.REQUIRED, path));
      }
      position++;
    }
  }
}
