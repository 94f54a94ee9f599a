# Tally itself: `tally` and all its commands, and the worker pool that Flink asks for Python workers.
#   docker build -f deploy/containers/worker.Dockerfile -t tally-worker .
ARG PYTHON=3.11

FROM python:${PYTHON}-slim AS build
WORKDIR /build
COPY requirements/run.txt requirements/run.txt
RUN python -m venv /opt/tally \
    && /opt/tally/bin/pip install --no-cache-dir --require-hashes -r requirements/run.txt
RUN python -m venv /opt/hatch && /opt/hatch/bin/pip install --no-cache-dir "hatchling>=1.27"
COPY LICENSE NOTICE README.md pyproject.toml ./
COPY pipelines pipelines
COPY schemas schemas
COPY transforms transforms
RUN /opt/hatch/bin/hatchling build -t wheel -d /wheels \
    && /opt/tally/bin/pip install --no-cache-dir --no-deps /wheels/*.whl

FROM python:${PYTHON}-slim
COPY --from=build /opt/tally /opt/tally
ENV PATH=/opt/tally/bin:$PATH PYTHONUNBUFFERED=1
RUN useradd --create-home --uid 10001 tally
USER 10001
WORKDIR /home/tally
EXPOSE 50000
CMD ["python", "-m", "pipelines.workers", "--port", "50000"]
