package io.firn.simulator.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonPathsTest {
  private static final JsonNode OBJECT =
      Json.parse(
          """
          {"metadata": {"labels": {"a.b/c": "dotted"}},
           "spec": {"size": 3, "parts": [{"name": "x", "n": 1}, {"name": "y", "n": 2}]},
           "status": {"conditions": [
             {"type": "Ready", "status": "True"}, {"type": "Paused", "status": "False"}]}}
          """);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          .spec.size                                      | 3
          .spec.parts[0].name                             | "x"
          .spec.parts[-1].name                            | "y"
          .spec.parts[*].n                                | 1,2
          .status.conditions[?(@.type=='Ready')].status   | "True"
          .status.conditions[?(@.type=="Paused")].status  | "False"
          .status.conditions[?(@.type!='Ready')].type     | "Paused"
          .metadata.labels['a.b/c']                       | "dotted"
          .metadata.labels.a\\.b/c                        | "dotted"
          .spec.nothing.here                              | ''
          """)
  void find_followsThePath(String path, String expected) {
    String found =
        String.join(
            ",", JsonPaths.parse(path).find(OBJECT).stream().map(JsonNode::toString).toList());

    assertThat(found).isEqualTo(expected);
  }
}
