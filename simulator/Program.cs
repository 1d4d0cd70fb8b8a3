using System.Net.Sockets;
using ImovoSim;
using ImovoSim.Campaigns;
using ImovoSim.Clients;
using ImovoSim.Control;
using ImovoSim.Delivery;
using ImovoSim.Fidelity;
using ImovoSim.Journal;
using ImovoSim.Onboarding;
using ImovoSim.Pages;
using ImovoSim.Storage;
using ImovoSim.Telemetry;
using ImovoSim.Wire;

SocketThreads.Prepare();
try
{
    if (args is ["onboard", ..])
        return await OnboardCommand.Run(args[1..]);
    if (args is ["help", ..] || args.Any(argument => argument is "--help" or "-h"))
    {
        await Console.Out.WriteLineAsync($"""
            imovo-sim [--NAME VALUE ...]          starts the simulator
            imovo-sim health [--Urls ADDRESS]     asks one that runs whether it is ready
            imovo-sim onboard ...                 asks one that runs for a key by PGP
            imovo-sim --version

            Settings are {Settings.AllNames}. They are taken from arguments, the environment (with __ for :) and appsettings.json.
            """);
        return 0;
    }

    if (args.Contains("--version"))
    {
        await Console.Out.WriteLineAsync(typeof(Program).Assembly.GetName().Version!.ToString(3));
        return 0;
    }

    var asksHealth = args is ["health", ..];
    args = asksHealth ? args[1..] : args;
    Settings.CheckArguments(args);
    // Nothing is taken from appsettings.json while running, and watching it can mean watching a whole file system.
    var builder = WebApplication.CreateSlimBuilder([.. args, "--hostBuilder:reloadConfigOnChange=false"]);
    if (asksHealth)
        return await HealthCommand.Run(builder.Configuration);
    SecretFiles.Read(builder.Configuration);
    var settings = Settings.Read(builder.Configuration);
    var facts = settings.FidelityProfile is { } file ? ProfileFile.Read(file) : Profile.Default;

    builder.Logging.SetMinimumLevel(LogLevel.Information).AddFilter("Microsoft", LogLevel.Warning)
        // Nothing of it is shown, but while it could be, an activity is made for each request.
        .AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None)
        // A start that fails is told below, in one sentence; this logs it as an error with a stack trace.
        .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
    // The slim builder has set the simple form by now, whatever the settings say.
    if (Settings.LogsAreKept(builder.Configuration))
        builder.Logging.AddJsonConsole(json => (json.UseUtcTimestamp, json.TimestampFormat) = (true, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'"));
    if (string.IsNullOrEmpty(builder.Configuration["urls"]) && builder.Configuration["http_ports"] is null && !builder.Configuration.GetSection("Kestrel:Endpoints").Exists())
        builder.WebHost.UseUrls(Settings.DefaultUrl);
    builder.WebHost.AnswerOnSocketThreads();
    builder.WebHost.ConfigureKestrel(kestrel =>
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = RequestBody.Limit(facts);
    });
    // What is still being answered by then waits for a fault that was asked for, or listens to a stream.
    builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromMilliseconds(800));
    // What goes on beside the calls does not end them when it fails.
    builder.Services.Configure<HostOptions>(host => host.BackgroundServiceExceptionBehavior = BackgroundServiceExceptionBehavior.Ignore);
    builder.Services.AddSingleton(settings);
    builder.Services.AddSingleton(facts);
    builder.Services.AddSingleton(TimeProvider.System);
    builder.Services.AddSingleton(services => new CampaignFile(settings.CampaignsFile, services.GetRequiredService<ILogger<CampaignFile>>()));
    builder.Services.AddSingleton(services => Stores.Make(settings, services.GetRequiredService<TimeProvider>()));
    builder.Services.AddSingleton<SandboxDefaults>();
    builder.Services.AddSingleton<ApiKeys>();
    builder.Services.AddSingleton<ClientsOfSettings>();
    builder.Services.AddSingleton<SmtpSender>();
    builder.Services.AddSingleton<Mailer>();
    builder.Services.AddHostedService(services => services.GetRequiredService<Mailer>());
    builder.Services.AddSingleton<VoucherService>();
    builder.Services.AddSingleton<VendorRoute>();
    builder.Services.AddSingleton(new AdminToken(settings.AdminToken, Settings.LogsAreKept(builder.Configuration)));
    builder.Services.AddSingleton<ControlRoute>();
    builder.Services.AddSingleton<KeyRotation>();
    builder.Services.AddSingleton<Letter>();
    builder.Services.AddSingleton<Applications>();
    builder.Services.AddSingleton<Approval>();
    builder.Services.AddSingleton<OnboardingApi>();
    builder.Services.AddSingleton<OnboardingAdminApi>();
    builder.Services.AddSingleton<PageRoute>();
    builder.Services.AddSingleton<VoucherFinder>();
    builder.Services.AddSingleton<VoucherPage>();
    builder.Services.AddSingleton<TillSessions>();
    builder.Services.AddSingleton<TillApi>();
    builder.Services.AddHostedService<SandboxSweeper>();
    builder.AddTelemetry(settings);
    builder.Services.AddSingleton<Journal>();
    builder.Services.AddHostedService(services => services.GetRequiredService<Journal>());

    await using var app = builder.Build();
    await app.Services.GetRequiredService<ClientsOfSettings>().Apply(CancellationToken.None);

    app.LeaveSocketThreads();
    app.UseTelemetry(settings);
    app.UseVendorPaths(facts);
    var finder = app.Services.GetRequiredService<VoucherFinder>();
    app.UseKeyBeforeRoute(app.Services.GetRequiredService<VoucherService>(), request => PagesApi.IsPage(request, finder));
    app.UseControlProblems();
    app.UseHead();
    app.UseRouting();
    var pages = app.Services.GetRequiredService<PageRoute>();
    app.UseVoucherPages(pages, app.Services.GetRequiredService<VoucherPage>(), finder);
    app.UseRecordOfStrays();
    var vendor = app.Services.GetRequiredService<VendorRoute>();
    app.MapRequest(vendor, facts);
    app.MapRequestWithId(vendor);
    app.MapCancel(vendor, facts);
    app.MapHealth(app.Services.GetRequiredService<IStore>());
    app.MapMetrics(settings);
    app.MapFidelity(facts);
    app.MapOpenApiDocument();
    app.MapControl(app.Services.GetRequiredService<ControlRoute>());
    app.MapDocs();
    app.MapPages(pages);

    app.Lifetime.ApplicationStarted.Register(() => StartMessage.Say(app));
    await app.RunAsync();
    return 0;
}
catch (SettingException e)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 1;
}
catch (StoreException e)
{
    await Console.Error.WriteLineAsync($"Store: {e.Message.TrimEnd('.')}. Start again when it takes writes.");
    return 1;
}
catch (TypeInitializationException e) when (e.InnerException is SettingException setting)
{
    await Console.Error.WriteLineAsync(setting.Message);
    return 1;
}
catch (InvalidDataException e) when (e.Message.StartsWith("Failed to load configuration", StringComparison.Ordinal))
{
    await Console.Error.WriteLineAsync($"{e.Message.TrimEnd('.')}: {e.GetBaseException().Message}");
    return 1;
}
catch (DirectoryNotFoundException e)
{
    await Console.Error.WriteLineAsync($"{e.Message.TrimEnd('.')}. Set contentRoot to a folder that is there, or leave it out.");
    return 1;
}
catch (FormatException e) when (e.Message.StartsWith("Invalid url", StringComparison.Ordinal))
{
    await Console.Error.WriteLineAsync($"{e.Message.TrimEnd('.')}. Set the Url of each of Kestrel:Endpoints to an address such as {Settings.DefaultUrl}.");
    return 1;
}
catch (InvalidOperationException e) when (e.Message.StartsWith("Configuration value", StringComparison.Ordinal))
{
    await Console.Error.WriteLineAsync($"{e.Message} A level under Logging:LogLevel is one of {string.Join(", ", Enum.GetNames<LogLevel>())}.");
    return 1;
}
catch (Exception e) when (e is SocketException || (e is IOException && e.Message.StartsWith("Failed to bind", StringComparison.Ordinal)))
{
    await Console.Error.WriteLineAsync($"{e.Message.TrimEnd('.')}. Set Urls to another address, such as --urls http://127.0.0.1:5081.");
    return 1;
}

// Not public, which it would be by itself: tests of another program have a Program of their own to name.
internal sealed partial class Program;
