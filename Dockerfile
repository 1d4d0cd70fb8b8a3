# Builds the simulator into one native binary, and puts it alone into an image without a shell.
#
#   docker build -t imovo-sim .
#   docker build -t imovo-sim --build-arg VERSION=1.2.3 --build-arg REVISION=$(git rev-parse HEAD) --build-arg SOURCE=https://… .
#   docker buildx build -t imovo-sim --sbom=true --provenance=true .     with a software bill of materials, where BuildKit is
FROM mcr.microsoft.com/dotnet/sdk:10.0-noble-aot AS build
WORKDIR /src

# What a restore depends on comes first, so that a change of the code does not repeat it.
COPY global.json Directory.Build.props Directory.Packages.props ./
COPY simulator/simulator.csproj simulator/
RUN dotnet restore simulator --use-current-runtime

COPY .editorconfig BannedSymbols.txt openapi.yaml ./
COPY simulator/ simulator/
RUN dotnet publish simulator -c Release --use-current-runtime --no-restore -o /out \
    && rm -f /out/*.dbg /out/*.pdb /out/*.xml /out/*.staticwebassets.* \
    && objcopy --strip-unneeded /out/libe_sqlite3.so \
    && mkdir -p /empty/data

FROM mcr.microsoft.com/dotnet/runtime-deps:10.0-noble-chiseled
WORKDIR /app
# The vendor's dates are London's, and the image has no time zones.
COPY --from=build /usr/share/zoneinfo/Europe/London /usr/share/zoneinfo/Europe/London
COPY --from=build --chown=1654:1654 /empty/data /data
COPY --from=build /out ./
# Logs are JSON, one object a line, for whatever collects them; Logging__Console__FormatterName=simple is for people.
ENV ASPNETCORE_HTTP_PORTS=8080 \
    DataFolder=/data \
    Logging__Console__FormatterName=json
# By number, so that an orchestrator sees that it is not root.
USER 1654:1654
EXPOSE 8080
VOLUME /data
# There is no shell and no curl: the program asks itself.
HEALTHCHECK --interval=10s --timeout=4s --start-period=30s --retries=3 CMD ["/app/imovo-sim", "health"]
ENTRYPOINT ["/app/imovo-sim"]
# Last, so that another version or revision changes no layer.
ARG VERSION=0.1.0
ARG REVISION=unknown
ARG SOURCE=unknown
LABEL org.opencontainers.image.title="ImovoSim" \
      org.opencontainers.image.description="A simulator of the i-movo voucher service" \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.version="$VERSION" \
      org.opencontainers.image.revision="$REVISION" \
      org.opencontainers.image.source="$SOURCE"
