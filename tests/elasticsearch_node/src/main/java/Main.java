import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.elasticsearch.common.logging.LogConfigurator;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.core.IOUtils;
import org.elasticsearch.env.Environment;
import org.elasticsearch.node.InternalSettingsPreparer;
import org.elasticsearch.node.Node;
import org.elasticsearch.plugins.PluginsLoader;

/** One node of a real Elasticsearch without its distribution. It lives, and its data, while somebody holds its input. */
public final class Main {
    public static void main(String[] arguments) throws Exception {
        Path conf = Path.of(System.getProperty("es.path.conf"));
        Settings home = Settings.builder().put("path.home", System.getProperty("es.path.home")).build();
        Environment environment =
            InternalSettingsPreparer.prepareEnvironment(home, Map.of(), conf, () -> "node");
        LogConfigurator.setNodeName("node");
        LogConfigurator.configure(environment, false);
        var modules = PluginsLoader.loadModulesBundles(environment.modulesDir());
        new Node(environment, PluginsLoader.createPluginsLoader(modules, Set.of(), Map.of(), false)).start();
        System.in.transferTo(OutputStream.nullOutputStream());
        for (Path data : environment.dataDirs()) {
            IOUtils.rm(data); // nobody reads it again
        }
        Runtime.getRuntime().halt(0);
    }
}
