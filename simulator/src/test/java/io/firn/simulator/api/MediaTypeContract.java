package io.firn.simulator.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a client may ask for and send.
abstract class MediaTypeContract extends ApiServerContract {
  MediaTypeContract(Supplier<Path> kubeconfig) {
    super(kubeconfig);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*/*",
        "application/json",
        "application/json, */*",
        "text/html, */*;q=0.1",
        "application/vnd.kubernetes.protobuf;q=0.1, application/json"
      })
  void read_byWhoeverTakesJson_isAnswered(String accept) throws Exception {
    assertThat(raw.accepting(accept, core("configmaps")).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/html", "image/png, text/plain", "application/jsonp"})
  void read_byWhoeverTakesNothingThatThereIs_isNotAcceptable(String accept) throws Exception {
    for (String path : new String[] {core("configmaps"), core("configmaps/none"), "/apis"}) {
      RawClient.Answer answer = raw.accepting(accept, path);
      assertThat(answer.status()).as(path).isEqualTo(406);
      assertThat(answer.body().toString()).contains("application/json");
    }
  }

  @Test
  void createAndUpdate_ofAnUnknownType_areUnsupported() throws Exception {
    for (String type : new String[] {"application/x-www-form-urlencoded", "text/plain"}) {
      RawClient.Answer answer = raw.send("POST", core("configmaps"), type, configMap("c", ""));
      assertThat(answer.status()).as(type).isEqualTo(415);
      assertThat(answer.reason()).isEqualTo("UnsupportedMediaType");
      assertThat(answer.message()).contains("application/json");
    }
    assertThat(raw.get(core("configmaps/c")).status()).isEqualTo(404);
  }
}
