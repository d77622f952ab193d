import { loadSync } from '@grpc/proto-loader';
import { ReflectionService } from '@grpc/reflection';
import type { GrpcServer } from './server.js';

/** Serves gRPC's server reflection (v1 and v1alpha) of the proto files at `paths`: what grpcurl asks. */
export function reflect(server: GrpcServer, paths: readonly string[]): void {
  const definition = loadSync([...paths], { longs: Number, defaults: true, oneofs: true });
  const service = new ReflectionService(definition);
  service.addToServer({
    addService: (definition, handlers) => {
      server.add(definition, handlers as never);
    },
  });
}
