# The bot as an image: compose.yaml builds it. The index, conversations and models are in /data or on servers.
FROM python:3.11-slim AS build
RUN apt-get update && apt-get install -y --no-install-recommends g++ && rm -rf /var/lib/apt/lists/*
RUN pip install --no-cache-dir uv && python -m venv /opt/tastemaker
WORKDIR /source
COPY . .
# llama.cpp is compiled for any machine of this kind, not for the one that builds; torch without CUDA saves gigabytes
ENV CMAKE_ARGS="-DLLAVA_BUILD=OFF -DGGML_NATIVE=OFF"
RUN uv pip install --python /opt/tastemaker/bin/python --torch-backend cpu --constraint requirements.lock .

FROM python:3.11-slim
RUN apt-get update && apt-get install -y --no-install-recommends libgomp1 && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 1000 --create-home tastemaker && install -d -o tastemaker /data
COPY --from=build /opt/tastemaker /opt/tastemaker
ENV PATH=/opt/tastemaker/bin:$PATH TASTEMAKER_HOME=/data
USER tastemaker
VOLUME /data
EXPOSE 8000 7860
ENTRYPOINT ["tastemaker"]
CMD ["serve", "--host", "0.0.0.0"]
