package io.poolwatch.alerts;

import java.util.Map;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;

/** Writes YAML that people can read: blocks, and text of several lines as such. */
final class Yaml {
  private Yaml() {}

  static String write(String comment, Map<String, Object> content) {
    DumperOptions options = new DumperOptions();
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    options.setIndent(2);
    options.setIndicatorIndent(2);
    options.setIndentWithIndicator(true);
    options.setWidth(10_000);
    options.setSplitLines(false);
    return comment + new org.yaml.snakeyaml.Yaml(new Blocks(options), options).dump(content);
  }

  private static final class Blocks extends Representer {
    Blocks(DumperOptions options) {
      super(options);
    }

    @Override
    protected Node representScalar(Tag tag, String value, ScalarStyle style) {
      return super.representScalar(
          tag, value, value.indexOf('\n') >= 0 ? ScalarStyle.LITERAL : style);
    }
  }
}
