// Runs scenarios one after the other and prints what each saw or raised.

export async function observe(scenarios) {
  const told = {};
  for (const [name, scenario] of Object.entries(scenarios)) {
    try {
      told[name] = { seen: (await scenario()) ?? null };
    } catch (error) {
      told[name] = { error: described(error) };
    }
  }
  process.stdout.write(`\n${JSON.stringify(told)}`);
}

function described(error) {
  return {
    kind: error.constructor.name,
    name: error.name,
    message: String(error.message),
    status_code: error.status ?? error.statusCode ?? null,
    code: error.code ?? null,
    param: error.param ?? null,
    retryable: error.isRetryable ?? null,
  };
}
