using ImovoSim.Client;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Options;
using Polly;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers <see cref="IImovoClient"/>.</summary>
/// <remarks>
/// The returned builder is for what is not the client's business: a proxy, certificates, metrics. Resilience handlers that the
/// program gives to every HttpClient are taken off this one; one that is added to the builder cannot send a call twice either,
/// but turns a failed call into a <see cref="VoucherOutcomeUnknownException"/>. Redirects are not followed; a primary handler of your own must not
/// follow them either, for it would take the key along.
/// </remarks>
public static class ImovoClientRegistration
{
    /// <summary>Registers the client of one API key.</summary>
    /// <param name="services">The services to add to.</param>
    /// <param name="configure">Sets at least the address and the key.</param>
    /// <returns>The builder of the underlying HttpClient.</returns>
    public static IHttpClientBuilder AddImovoClient(this IServiceCollection services, Action<ImovoClientOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        return Add(services, null, options => options.Configure(configure));
    }

    /// <summary>Registers the client of one API key, from a section such as <c>configuration.GetSection("Imovo")</c>.</summary>
    /// <param name="services">The services to add to.</param>
    /// <param name="configuration">The section with BaseAddress, ApiKey and, if wished, the other <see cref="ImovoClientOptions"/>.</param>
    /// <returns>The builder of the underlying HttpClient.</returns>
    public static IHttpClientBuilder AddImovoClient(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return Add(services, null, options => options.Bind(configuration));
    }

    /// <summary>Registers one client of several, found by <c>[FromKeyedServices(serviceKey)]</c>.</summary>
    /// <param name="services">The services to add to.</param>
    /// <param name="serviceKey">The name of this client; not the API key.</param>
    /// <param name="configure">Sets at least the address and the key.</param>
    /// <returns>The builder of the underlying HttpClient.</returns>
    public static IHttpClientBuilder AddKeyedImovoClient(this IServiceCollection services, string serviceKey, Action<ImovoClientOptions> configure)
    {
        ArgumentException.ThrowIfNullOrEmpty(serviceKey);
        ArgumentNullException.ThrowIfNull(configure);
        return Add(services, serviceKey, options => options.Configure(configure));
    }

    /// <summary>Registers one client of several from its section, found by <c>[FromKeyedServices(serviceKey)]</c>.</summary>
    /// <param name="services">The services to add to.</param>
    /// <param name="serviceKey">The name of this client; not the API key.</param>
    /// <param name="configuration">The section with BaseAddress, ApiKey and, if wished, the other <see cref="ImovoClientOptions"/>.</param>
    /// <returns>The builder of the underlying HttpClient.</returns>
    public static IHttpClientBuilder AddKeyedImovoClient(this IServiceCollection services, string serviceKey, IConfiguration configuration)
    {
        ArgumentException.ThrowIfNullOrEmpty(serviceKey);
        ArgumentNullException.ThrowIfNull(configuration);
        return Add(services, serviceKey, options => options.Bind(configuration));
    }

    private static IHttpClientBuilder Add(IServiceCollection services, string? serviceKey, Action<OptionsBuilder<ImovoClientOptions>> settings)
    {
        ArgumentNullException.ThrowIfNull(services);
        var name = serviceKey ?? Options.Options.DefaultName;
        var httpName = serviceKey is null ? "ImovoSim.Client" : $"ImovoSim.Client:{serviceKey}";
        var known = services.Any(service => service.ServiceType == typeof(IImovoClient) && Equals(service.ServiceKey, serviceKey));
        var options = services.AddOptions<ImovoClientOptions>(name);
        settings(options);
        var http = services.AddHttpClient(httpName);
        if (known)
            return http; // a second registration adds settings, not a second set of handlers
        options.ValidateOnStart();
        services.AddSingleton<IValidateOptions<ImovoClientOptions>>(new ImovoClientOptionsCheck(name));
        if (serviceKey is null)
            services.TryAddSingleton<IImovoClient>(provider => Create(provider, httpName, name));
        else
            services.TryAddKeyedSingleton<IImovoClient>(serviceKey, (provider, _) => Create(provider, httpName, name));
        return Configure(http, name);
    }

    private static ImovoClient Create(IServiceProvider provider, string httpName, string name) => new(
        provider.GetRequiredService<IHttpClientFactory>(), httpName,
        provider.GetRequiredService<IOptionsMonitor<ImovoClientOptions>>(), name, Time(provider));

    private static IHttpClientBuilder Configure(IHttpClientBuilder http, string name)
    {
        http.ConfigureHttpClient((provider, client) =>
        {
            client.BaseAddress = WithSlash(Settings(provider, name).BaseAddress!);
            client.Timeout = Timeout.InfiniteTimeSpan; // the client's own covers the whole answer; this one ends at its headers
        });
        http.RedactLoggedHeaders(_ => true);
        // Defaults for every HttpClient of a program often repeat what failed, which this client never may.
#pragma warning disable EXTEXP0001 // experimental, but a build that loses it fails, and a test holds what it does
        http.RemoveAllResilienceHandlers();
#pragma warning restore EXTEXP0001
        http.AddResilienceHandler("connect", (pipeline, context) => RetryConnecting(pipeline, context.ServiceProvider, name));
        http.AddHttpMessageHandler(provider => new ApiKeyHandler(provider.GetRequiredService<IOptionsMonitor<ImovoClientOptions>>(), name));
        return http.UseSocketsHttpHandler((handler, provider) =>
        {
            handler.AllowAutoRedirect = false;
            handler.UseCookies = false;
            handler.ConnectTimeout = Settings(provider, name).ConnectTimeout;
            // Shorter than any server's: a connection that the server closes just as it is used again costs a lost answer.
            handler.PooledConnectionIdleTimeout = TimeSpan.FromSeconds(15);
            handler.PooledConnectionLifetime = TimeSpan.FromMinutes(5);
        }).SetHandlerLifetime(Timeout.InfiniteTimeSpan);
    }

    private static void RetryConnecting(ResiliencePipelineBuilder<HttpResponseMessage> pipeline, IServiceProvider provider, string name)
    {
        pipeline.TimeProvider = Time(provider);
        if (Settings(provider, name).ConnectRetries is not (var retries and > 0))
            return;
        pipeline.AddRetry(new HttpRetryStrategyOptions
        {
            MaxRetryAttempts = retries,
            Delay = TimeSpan.FromMilliseconds(200),
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = false,
            ShouldHandle = attempt => ValueTask.FromResult(
                Failures.IsOfTransport(attempt.Outcome.Exception)
                && !attempt.Context.CancellationToken.IsCancellationRequested
                && attempt.Context.GetRequestMessage()?.Content is SendOnceContent { Started: false }),
        });
    }

    private static ImovoClientOptions Settings(IServiceProvider provider, string name) =>
        provider.GetRequiredService<IOptionsMonitor<ImovoClientOptions>>().Get(name);

    private static TimeProvider Time(IServiceProvider provider) => provider.GetService<TimeProvider>() ?? TimeProvider.System;

    private static Uri WithSlash(Uri address) =>
        address.AbsolutePath.EndsWith('/') ? address : new Uri(address.AbsoluteUri + "/");
}
