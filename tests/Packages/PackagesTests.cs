using System.Diagnostics;
using System.IO.Compression;
using System.Text.RegularExpressions;

namespace ImovoSim.Tests;

/// The packages, as somebody meets them who has nothing else of this repository.
public sealed partial class PackagesTests(Packed packed) : IClassFixture<Packed>
{
    [Theory]
    [InlineData("ImovoSim")]
    [InlineData("ImovoSim.any")]
    [InlineData("ImovoSim.Client")]
    [InlineData("ImovoSim.Contracts")]
    public void A_package_has_a_readme_a_licence_and_symbols(string name)
    {
        using var package = ZipFile.OpenRead(Path.Combine(packed.Packages, $"{name}.{Packed.Version}.nupkg"));
        Assert.Contains(package.Entries, entry => entry.FullName == "README.md");
        using var reader = new StreamReader(package.GetEntry($"{name}.nuspec")!.Open());
        var about = reader.ReadToEnd();
        Assert.Contains("""<license type="expression">MIT</license>""", about, StringComparison.Ordinal);
        Assert.DoesNotContain("Package Description", about, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(packed.Packages, $"{name}.{Packed.Version}.snupkg")));
    }

    [Fact]
    public async Task The_tool_the_client_and_the_contract_kit_work_where_they_are_installed()
    {
        await packed.Install("ImovoSim");
        await packed.Install("ImovoSim.Contracts");
        Assert.NotEmpty(Directory.GetDirectories(Path.Combine(packed.Folder, "tools", ".store", "imovosim"), $"imovosim.{packed.Runtime}", SearchOption.AllDirectories));
        using var simulator = Process.Start(packed.Start(Path.Combine(packed.Folder, "tools", "imovo-sim"), "--urls", "http://127.0.0.1:0", "--Store", "memory"))!;
        try
        {
            var address = Url().Match((await simulator.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken))!).Value;
            await packed.Run(Path.Combine(packed.Folder, "tools", "imovo-contracts"), "run", "--target", address, "--filter", "Cancelling");
            Assert.Matches(@"^\d{10} is worth £20\.00 until ", await RunReadmeExample(address));
        }
        finally
        {
            simulator.Kill();
            await simulator.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
    }

    private async Task<string> RunReadmeExample(string address)
    {
        var readme = await File.ReadAllTextAsync(Path.Combine(Packed.Repository(), "README.md"), TestContext.Current.CancellationToken);
        var example = Example().Match(readme).Groups[1].Value;
        var project = Directory.CreateDirectory(Path.Combine(packed.Folder, "empty")).FullName;
        await File.WriteAllTextAsync(Path.Combine(project, "empty.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings><Nullable>enable</Nullable></PropertyGroup>
              <ItemGroup><PackageReference Include="ImovoSim.Client" Version="{Packed.Version}" /></ItemGroup>
            </Project>
            """, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(project, "Program.cs"), $"""
            using ImovoSim.Client;
            using Microsoft.Extensions.DependencyInjection;

            var (services, address) = (new ServiceCollection(), new Uri(args[0]));
            {example}
            """, TestContext.Current.CancellationToken);
        await packed.Run("dotnet", "build", project);
        return await packed.Run("dotnet", Path.Combine(project, "bin", "Debug", "net10.0", "empty.dll"), address);
    }

    [GeneratedRegex(@"## The \.NET client.*?```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Example();

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+")]
    private static partial Regex Url();
}
