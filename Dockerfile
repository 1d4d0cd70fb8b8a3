# Builds the simulator into one native binary, and puts it alone into an image without a shell.
FROM mcr.microsoft.com/dotnet/sdk:10.0-noble-aot AS build
WORKDIR /src

# What a restore depends on comes first, so that a change of the code does not repeat it.
COPY global.json Directory.Build.props Directory.Packages.props ./
COPY simulator/simulator.csproj simulator/
RUN dotnet restore simulator --use-current-runtime

COPY .editorconfig BannedSymbols.txt openapi.yaml ./
COPY simulator/ simulator/
RUN dotnet publish simulator -c Release --use-current-runtime --no-restore -o /out \
    && rm -f /out/*.dbg /out/*.pdb /out/*.xml \
    && mkdir -p /empty/data

FROM mcr.microsoft.com/dotnet/runtime-deps:10.0-noble-chiseled
LABEL org.opencontainers.image.title="ImovoSim" \
      org.opencontainers.image.description="A simulator of the i-movo voucher service" \
      org.opencontainers.image.licenses="MIT"
WORKDIR /app
# The vendor's dates are London's, and the image has no time zones.
COPY --from=build /usr/share/zoneinfo/Europe/London /usr/share/zoneinfo/Europe/London
COPY --from=build --chown=1654:1654 /empty/data /data
COPY --from=build /out ./
ENV ASPNETCORE_HTTP_PORTS=8080 \
    DataFolder=/data \
    Logging__Console__FormatterName=json
USER 1654
EXPOSE 8080
VOLUME /data
HEALTHCHECK --interval=10s --timeout=4s --start-period=30s --retries=3 CMD ["/app/imovo-sim", "health"]
ENTRYPOINT ["/app/imovo-sim"]
