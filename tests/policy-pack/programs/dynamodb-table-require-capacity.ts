import { programsOf } from "../support/examples";

export const programs = programsOf({
  type: "aws:dynamodb/table:Table",
  clean: {
    attributes: [{ name: "id", type: "S" }],
    hashKey: "id",
    writeCapacity: 5,
    readCapacity: 5,
  },
  wrong: [
    [{ readCapacity: 4 }, "has less than 5 read capacity units"],
    [{ readCapacity: undefined }, "has less than 5 read capacity units"],
  ],
});
