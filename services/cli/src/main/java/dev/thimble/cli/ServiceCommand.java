package dev.thimble.cli;

import java.util.List;
import picocli.CommandLine.Mixin;

/** A command that runs one component until it is told to stop. */
abstract class ServiceCommand implements Task {
    /** What ran. */
    record Report(String component, String state) {}

    @Mixin
    private ProvingOptions proving = new ProvingOptions();

    @Mixin
    private ServiceOptions services = new ServiceOptions();

    /** The component's name. */
    abstract String component();

    /** Starts the component; what is returned is closed in reverse order. */
    abstract List<AutoCloseable> start(Station station) throws Exception;

    /** The settings with the command's own flags on top. */
    Settings over(Settings settings) {
        return settings;
    }

    /** Ends the command before anything is opened if it cannot run. */
    void check() {}

    @Override
    public Outcome run(Context context) throws Exception {
        check();
        var settings = over(services.over(proving.over(context.settings())));
        StopSignal.listen();
        try (var progress = context.terminal().progress();
                var station = Station.open(context, settings, progress, component())) {
            var parts = start(station);
            try {
                progress.step(component() + " is ready");
                StopSignal.await();
                progress.step(component() + " stops");
            } finally {
                closeAll(parts);
            }
        }
        return Outcome.done(new Report(component(), "stopped"), component() + " stopped");
    }

    /** Closes in reverse order; the first failure is thrown at the end. */
    static void closeAll(List<AutoCloseable> parts) throws Exception {
        Exception first = null;
        for (var part : parts.reversed()) {
            try {
                part.close();
            } catch (Exception e) {
                first = first == null ? e : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
