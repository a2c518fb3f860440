package dev.thimble.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The root command: options that every command has. */
@Command(
        name = "thimble",
        description = "Thimble proves blocks.",
        versionProvider = VersionText.class,
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "Tests: ./thimble test [--full]"},
        subcommands = {
            DemoCommand.class,
            RunCommand.class,
            ProveCommand.class,
            VerifyCommand.class,
            SetupCommand.class,
            CrsCommand.class,
            DepositCommand.class,
            WithdrawCommand.class,
            SecurityCommand.class,
            ServerCommand.class,
            BenchCommand.class,
            EestCommand.class,
            BlockCommand.class,
            InitCommand.class,
            UpCommand.class,
            GatewayCommand.class,
            WitnessGeneratorCommand.class,
            VectorGeneratorCommand.class,
            ProverCommand.class,
            CompressorCommand.class,
            StatusCommand.class,
            JobCommand.class,
            BatchCommand.class,
            WorkerCommand.class,
            ConfigCommand.class,
            DoctorCommand.class
        })
final class ThimbleCommand {
    @Option(names = "--json", description = "Print exactly one JSON object.", scope = ScopeType.INHERIT)
    boolean json;

    @Option(names = "--config", paramLabel = "FILE", description = "YAML file of settings.", scope = ScopeType.INHERIT)
    @Nullable
    String config;

    @Option(names = "--home", paramLabel = "DIR", description = "State folder.", scope = ScopeType.INHERIT)
    @Nullable
    String home;
}
