package dev.podwatt;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.elasticsearch.common.logging.LogConfigurator;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.env.Environment;
import org.elasticsearch.node.InternalSettingsPreparer;
import org.elasticsearch.node.Node;
import org.elasticsearch.plugins.PluginsLoader;

/** Single-node Elasticsearch for tests; it ends with its standard input. args: home dataDir port */
public final class EsTestServer {
    public static void main(String[] a) throws Exception {
        long t0 = System.nanoTime();
        Path home = Path.of(a[0]).toAbsolutePath();
        Path data = Path.of(a[1]).toAbsolutePath();
        Files.createDirectories(data);
        System.setProperty("es.path.home", home.toString());
        Settings s = Settings.builder()
            .put("path.home", home.toString()).put("path.data", data.toString()).put("path.logs", data.resolve("logs").toString())
            .put("cluster.name", "podwatt-test").put("node.name", "n1")
            .put("network.host", "127.0.0.1").put("http.port", a[2]).put("transport.port", "0")
            .put("discovery.type", "single-node")
            .put("cluster.routing.allocation.disk.threshold_enabled", false)
            .put("http.type", "netty4").put("transport.type", "netty4")
            .put("node.store.allow_mmap", false)
            // Many tests, each with indices of its own.
            .put("cluster.max_shards_per_node", 20000)
            .build();
        LogConfigurator.registerErrorListener();
        LogConfigurator.configureESLogging();
        LogConfigurator.configureWithoutConfig(s);
        Environment env = InternalSettingsPreparer.prepareEnvironment(s, Map.of(), home.resolve("config"), () -> "n1");
        PluginsLoader pl = PluginsLoader.createPluginsLoader(PluginsLoader.loadModulesBundles(env.modulesDir()), PluginsLoader.loadPluginsBundles(env.pluginsDir()), Map.of(), false);
        Node node = new Node(env, pl);
        node.start();
        System.out.println("READY " + (System.nanoTime() - t0) / 1_000_000 + " ms");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> { try { node.close(); } catch (Exception e) { e.printStackTrace(); } }));
        // The pipe closes when the process that started this one is gone, however it went.
        while (System.in.read() >= 0) { }
        System.exit(0);
    }
}
