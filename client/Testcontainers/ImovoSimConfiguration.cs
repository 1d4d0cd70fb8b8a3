using Docker.DotNet.Models;
using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Configurations;

namespace ImovoSim.Testcontainers;

/// <summary>What an <see cref="ImovoSimBuilder"/> was told.</summary>
public sealed class ImovoSimConfiguration : ContainerConfiguration
{
    /// <summary>What the simulator has of its own.</summary>
    /// <param name="adminToken">Its admin token, or null.</param>
    public ImovoSimConfiguration(string? adminToken = null) => AdminToken = adminToken;

    /// <summary>What every Docker resource has.</summary>
    /// <param name="resourceConfiguration">That of any resource.</param>
    public ImovoSimConfiguration(IResourceConfiguration<CreateContainerParameters> resourceConfiguration)
        : base(resourceConfiguration)
    {
    }

    /// <summary>What every container has.</summary>
    /// <param name="resourceConfiguration">That of any container.</param>
    public ImovoSimConfiguration(IContainerConfiguration resourceConfiguration)
        : base(resourceConfiguration)
    {
    }

    /// <summary>Both, and of two answers to one question the later.</summary>
    /// <param name="oldValue">What was said first.</param>
    /// <param name="newValue">What was said later.</param>
    public ImovoSimConfiguration(ImovoSimConfiguration oldValue, ImovoSimConfiguration newValue)
        : base(oldValue, newValue) => AdminToken = BuildConfiguration.Combine(oldValue?.AdminToken, newValue?.AdminToken);

    /// <summary>The token that steers all clients, or null.</summary>
    public string? AdminToken { get; }
}
