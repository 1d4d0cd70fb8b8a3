using System.Collections.Concurrent;
using ImovoSim.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ImovoSim.Tests;

/// A client as a program would have it, with everything that it logs.
internal sealed class ClientUnderTest : IAsyncDisposable
{
    public const string Key = "sim_topsecret_0123456789";
    private readonly ServiceProvider _provider;
    private readonly LogCapture _log = new();

    public ClientUnderTest(
        Uri address, Action<ImovoClientOptions>? options = null, Action<IHttpClientBuilder>? http = null, TimeProvider? time = null)
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(_log));
        if (time is not null)
            services.AddSingleton(time);
        var builder = services.AddImovoClient(settings =>
        {
            settings.BaseAddress = address;
            settings.ApiKey = Key;
            options?.Invoke(settings);
        });
        http?.Invoke(builder);
        _provider = services.BuildServiceProvider(validateScopes: true);
        Imovo = _provider.GetRequiredService<IImovoClient>();
    }

    public IImovoClient Imovo { get; }
    public IServiceProvider Services => _provider;
    public string Log => string.Join('\n', _log.Lines);

    public static IdVoucherRequest WithId(string address = "19 Test Street, Welwyn Garden City") => new()
    {
        CampaignCode = "CAMP01",
        CustomerReference = "09283-765748",
        CustomerName = "John Smith",
        Address = address,
        PostCode = "AL1 0BS",
        Value = 1.00m,
    };

    public ValueTask DisposeAsync() => _provider.DisposeAsync();

    private sealed class LogCapture : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = new();
        public ILogger CreateLogger(string categoryName) => this;
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull
        {
            Lines.Enqueue($"scope {Everything(state)}");
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue($"{formatter(state, exception)} {Everything(state)} {exception}");

        public void Dispose()
        {
        }

        /// What a structured log keeps beside the text.
        private static string Everything<TState>(TState state) =>
            state is IEnumerable<KeyValuePair<string, object?>> pairs ? string.Join(", ", pairs.Select(pair => $"{pair.Key}={pair.Value}")) : $"{state}";
    }
}
