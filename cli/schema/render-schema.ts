import { buildOutputSchema } from "../../core/contract/output-schemas.ts";
import { schemaNames, type SchemaName } from "./schema-names.ts";

/** A schema as JSON, titled with the command whose output it describes. */
export const renderSchema = (name: SchemaName): string => `${JSON.stringify({ title: schemaNames[name], ...buildOutputSchema(name) }, undefined, 2)}\n`;
