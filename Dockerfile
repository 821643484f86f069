# docker build -t pii-guard . && docker run --rm --network none -v "$PWD:/work:ro" pii-guard scan .
FROM python:3.12-slim AS build
WORKDIR /source
COPY . .
RUN pip wheel --no-cache-dir --wheel-dir /wheels ".[docs]"

FROM python:3.12-slim
RUN apt-get update \
    && apt-get install -y --no-install-recommends git \
    && rm -rf /var/lib/apt/lists/* \
    && git config --system --add safe.directory '*' \
    && useradd --create-home --uid 10001 guard
COPY --from=build /wheels /wheels
RUN pip install --no-cache-dir --no-index --find-links /wheels "pii-guard-cn[docs]" && rm -rf /wheels
USER guard
WORKDIR /work
ENV PYTHONUTF8=1
ENTRYPOINT ["pii-guard"]
CMD ["--help"]
